using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>
/// Makes the proxy/stub of the published interfaces known in the apartment of this thread, as
/// ../../programs/proxy_stub.h does.
/// </summary>
sealed unsafe class ProxyStub : IDisposable
{
    static readonly Guid proxyClass = new("AB4344DF-3861-46DB-B169-99026BDA302F");
    // IPSFactoryBuffer
    static readonly Guid factoryInterface = new("D5F569D0-593B-101A-B569-08002B2DBF7A");

    static readonly Guid[] interfaces =
    [
        new("214C30C4-5D64-4252-9B8E-184CCC9483EF"), // IMethodCall
        new("28BFFDE7-B6F0-4568-A8E7-1D2E54053590"), // AsyncIMethodCall
        new("7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5"), // ICallCancellation
    ];

    readonly uint cookie;

    /// <param name="where">"registered" if it is in the registry, or else the DLL's path.</param>
    public ProxyStub(string where)
    {
        if (where == "registered") return;
        // The DLL stays in memory until the process ends, because proxies live as long as their
        // apartment.
        var entry = (delegate* unmanaged<in Guid, in Guid, out nint, int>)
            NativeLibrary.GetExport(NativeLibrary.Load(where), "DllGetClassObject");
        Failure.Check(
            entry(in proxyClass, in factoryInterface, out var factory), "DllGetClassObject");
        Failure.Check(
            Ole.CoRegisterClassObject(
                in proxyClass, factory, Ole.InProcess, Ole.MultipleUse, out cookie),
            "CoRegisterClassObject");
        Marshal.Release(factory);
        foreach (var iid in interfaces)
            Failure.Check(Ole.CoRegisterPSClsid(in iid, in proxyClass), "CoRegisterPSClsid");
    }

    public void Dispose()
    {
        if (cookie != 0) Ole.CoRevokeClassObject(cookie);
    }
}
