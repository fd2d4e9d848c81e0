using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>Uses [ComImport]: the runtime marshals the calls.</summary>
sealed class ComImportObject : ServerObject
{
    readonly object server;

    ComImportObject(object server) => this.server = server;

    public static ServerObject Activate(Guid clsid)
    {
        try
        {
            return new ComImportObject(Activator.CreateInstance(Type.GetTypeFromCLSID(clsid)!)!);
        }
        catch (COMException error)
        {
            throw new Failure(error.HResult, "CreateInstance");
        }
    }

    public static ServerObject FromUnknown(nint unknown) =>
        new ComImportObject(Marshal.GetUniqueObjectForIUnknown(unknown));

    public override Answer Call(string method, object?[] arguments, Guid cancelId)
    {
        var hresult = ((IMethodCall)server).Call(
            method, arguments, in cancelId, out var result, out var error);
        return new Answer(hresult, result, error.Code, error.Source, error.Description);
    }

    public override int Cancel(Guid cancelId) =>
        ((ICallCancellation)server).CancelCall(in cancelId);

    public override void Dispose() => Marshal.FinalReleaseComObject(server);

    protected override bool IsUnknown => server is IUnknownInterface;

    protected override nint Unknown() => Marshal.GetIUnknownForObject(server);

    [ComImport, Guid(UnknownIid), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    interface IUnknownInterface
    {
        [PreserveSig]
        int Call();
    }
}
