using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

[ComImport, Guid("00000001-0000-0000-C000-000000000046")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IClassFactory
{
    [PreserveSig]
    int CreateInstance(nint outer, in Guid iid, out nint instance);

    [PreserveSig]
    int LockServer([MarshalAs(UnmanagedType.Bool)] bool locked);
}

/// <summary>The class object. It makes an object for each client.</summary>
[ComVisible(true), ClassInterface(ClassInterfaceType.None)]
public sealed class ClassFactory(string name) : IClassFactory
{
    const int NoAggregation = unchecked((int)0x80040110); // CLASS_E_NOAGGREGATION

    public int CreateInstance(nint outer, in Guid iid, out nint instance)
    {
        instance = 0;
        if (outer != 0) return NoAggregation;
        var unknown = Marshal.GetIUnknownForObject(new MethodServer(name));
        try
        {
            return Marshal.QueryInterface(unknown, in iid, out instance);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    public int LockServer(bool locked) => 0;
}
