using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>Functions of ole32.dll and oleaut32.dll.</summary>
static unsafe partial class Ole
{
    public const uint InProcess = 1; // CLSCTX_INPROC_SERVER
    public const uint LocalServer = 4; // CLSCTX_LOCAL_SERVER
    public const uint MultipleUse = 1; // REGCLS_MULTIPLEUSE

    public static readonly Guid IUnknown = new("00000000-0000-0000-C000-000000000046");

    [LibraryImport("ole32")]
    public static partial int CoCreateInstance(
        in Guid clsid, nint outer, uint context, in Guid iid, out nint unknown);

    [LibraryImport("ole32")]
    public static partial int CoRegisterClassObject(
        in Guid clsid, nint unknown, uint context, uint flags, out uint cookie);

    [LibraryImport("ole32")]
    public static partial int CoRevokeClassObject(uint cookie);

    [LibraryImport("ole32")]
    public static partial int CoRegisterPSClsid(in Guid iid, in Guid clsid);

    [LibraryImport("ole32")]
    public static partial int CoMarshalInterThreadInterfaceInStream(
        in Guid iid, nint unknown, out nint stream);

    [LibraryImport("ole32")]
    public static partial int CoGetInterfaceAndReleaseStream(
        nint stream, in Guid iid, out nint unknown);

    [LibraryImport("oleaut32")]
    public static partial nint SafeArrayCreateVector(ushort type, int lowerBound, uint count);

    [LibraryImport("oleaut32")]
    public static partial int SafeArrayDestroy(nint array);

    [LibraryImport("oleaut32")]
    public static partial int SafeArrayAccessData(nint array, out void* data);

    [LibraryImport("oleaut32")]
    public static partial int SafeArrayUnaccessData(nint array);

    [LibraryImport("oleaut32")]
    public static partial uint SafeArrayGetDim(nint array);

    [LibraryImport("oleaut32")]
    public static partial int SafeArrayGetUBound(nint array, uint dimension, out int bound);

    [LibraryImport("oleaut32")]
    public static partial int SafeArrayGetLBound(nint array, uint dimension, out int bound);
}
