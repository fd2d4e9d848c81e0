using System.Runtime.InteropServices;

[ComImport, Guid("214C30C4-5D64-4252-9B8E-184CCC9483EF")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IMethodCall
{
    [PreserveSig]
    int Call(
        [MarshalAs(UnmanagedType.BStr)] string method,
        [MarshalAs(UnmanagedType.SafeArray, SafeArraySubType = VarEnum.VT_VARIANT)]
        object?[] arguments,
        in Guid cancelId,
        out object? result,
        out CallError error);
}

/// <summary>How a handler failed. Code is 0 if it did not.</summary>
public struct CallError
{
    public int Code;
    [MarshalAs(UnmanagedType.BStr)] public string? Source;
    [MarshalAs(UnmanagedType.BStr)] public string? Description;
}

[ComImport, Guid("7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface ICallCancellation
{
    [PreserveSig]
    int CancelCall(in Guid cancelId);
}
