// A server, as a .NET program hosts one. Arguments: the class, where the proxy/stub is
// (../shared/ProxyStub.cs), and the server's name. It writes "ready", and ends when its input ends.
using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

static class Program
{
    [MTAThread]
    static int Main(string[] args) => Lines.Run(() =>
    {
        using var _ = new ProxyStub(args[1]);
        var factory = Marshal.GetIUnknownForObject(new ClassFactory(args[2]));
        Failure.Check(
            Ole.CoRegisterClassObject(
                Guid.Parse(args[0]), factory, Ole.LocalServer, Ole.MultipleUse, out var cookie),
            "CoRegisterClassObject");
        Lines.Write("ready");
        while (Console.ReadLine() is not null)
        {
        }
        Ole.CoRevokeClassObject(cookie);
        Marshal.Release(factory);
    });
}
