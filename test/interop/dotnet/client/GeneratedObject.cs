using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AsyncCom.Interop;

/// <summary>Uses [GeneratedComInterface]: the compiler generates the marshaling.</summary>
sealed unsafe class GeneratedObject : ServerObject
{
    static readonly StrategyBasedComWrappers wrappers = new();

    readonly object server;

    GeneratedObject(object server) => this.server = server;

    public static ServerObject Activate(Guid clsid)
    {
        Failure.Check(
            Ole.CoCreateInstance(in clsid, 0, Ole.LocalServer, in Ole.IUnknown, out var unknown),
            "CoCreateInstance");
        try
        {
            return FromUnknown(unknown);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    public static ServerObject FromUnknown(nint unknown) => new GeneratedObject(
        wrappers.GetOrCreateObjectForComInstance(unknown, CreateObjectFlags.UniqueInstance));

    public override Answer Call(string method, object?[] arguments, Guid cancelId)
    {
        var array = Variants.ArrayOf(arguments);
        ComVariant result = default;
        GeneratedCallError error = default;
        try
        {
            var hresult = ((IGeneratedMethodCall)server).Call(
                method, array, cancelId == Guid.Empty ? null : &cancelId, &result, &error);
            return new Answer(hresult, Variants.Read(in result), error.Code,
                Text(error.Source), Text(error.Description));
        }
        finally
        {
            Ole.SafeArrayDestroy(array);
            result.Dispose();
            Marshal.FreeBSTR(error.Source);
            Marshal.FreeBSTR(error.Description);
        }
    }

    public override int Cancel(Guid cancelId) =>
        ((IGeneratedCallCancellation)server).CancelCall(in cancelId);

    public override void Dispose() => ((ComObject)server).FinalRelease();

    protected override bool IsUnknown => server is IGeneratedUnknown;

    static string? Text(nint bstr) => bstr == 0 ? null : Marshal.PtrToStringBSTR(bstr);

    protected override nint Unknown()
    {
        ComWrappers.TryGetComInstance(server, out var unknown);
        return unknown;
    }
}
