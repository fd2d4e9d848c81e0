using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>
/// IMethodCall as a server implements it. A client may pass null as cancelId. So it is a pointer.
/// </summary>
[ComImport, Guid("214C30C4-5D64-4252-9B8E-184CCC9483EF")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IMethodCall
{
    [PreserveSig]
    int Call(
        [MarshalAs(UnmanagedType.BStr)] string method,
        [MarshalAs(UnmanagedType.SafeArray, SafeArraySubType = VarEnum.VT_VARIANT)]
        object?[]? arguments,
        nint cancelId,
        out object? result,
        out CallError error);
}

public struct CallError
{
    public int Code;
    [MarshalAs(UnmanagedType.BStr)] public string? Source;
    [MarshalAs(UnmanagedType.BStr)] public string? Description;
}

/// <summary>Methods of ../../programs/server.cpp.</summary>
[ComVisible(true), ClassInterface(ClassInterfaceType.None)]
public sealed class MethodServer(string name) : IMethodCall
{
    const int MemberNotFound = unchecked((int)0x80020003); // DISP_E_MEMBERNOTFOUND
    const int TypeMismatch = unchecked((int)0x80020005); // DISP_E_TYPEMISMATCH

    static readonly ConcurrentDictionary<int, SemaphoreSlim> gates = new();

    public int Call(
        string method, object?[]? arguments, nint cancelId, out object? result, out CallError error)
    {
        result = null;
        error = default;
        try
        {
            switch (method, arguments ?? [])
            {
                case ("echo", var values):
                    result = values;
                    return 0;
                case ("echoOne", [var value]):
                    result = value;
                    return 0;
                case ("add", [var a, var b]):
                    result = Number(Convert.ToDouble(a) + Convert.ToDouble(b));
                    return 0;
                case ("fail", [int code, string text]):
                    error = new() { Code = code, Source = name, Description = text };
                    return 0;
                case ("hold", [int key]):
                    Gate(key).Wait();
                    result = key;
                    return 0;
                case ("release", [int key]):
                    Gate(key).Release();
                    return 0;
                default:
                    return MemberNotFound;
            }
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException)
        {
            return TypeMismatch;
        }
    }

    static SemaphoreSlim Gate(int key) => gates.GetOrAdd(key, _ => new SemaphoreSlim(0));

    static object Number(double number)
    {
        var fits = number == (int)number && !(number == 0 && double.IsNegative(number));
        return fits ? (object)(int)number : number;
    }
}
