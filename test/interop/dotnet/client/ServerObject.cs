using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>
/// An object of a server, as one apartment sees it. Each of the two ways in which .NET offers COM
/// implements it.
/// </summary>
abstract class ServerObject : IDisposable
{
    /// <summary>Calls IMethodCall::Call.</summary>
    public abstract Answer Call(string method, object?[] arguments, Guid cancelId);

    /// <summary>Calls ICallCancellation::CancelCall. Returns its HRESULT.</summary>
    public abstract int Cancel(Guid cancelId);

    /// <summary>Asks for an interface that no object has.</summary>
    /// <returns>The HRESULT of QueryInterface.</returns>
    public int AskForUnknown()
    {
        if (IsUnknown) return 0;
        var unknown = Unknown();
        var hresult = Marshal.QueryInterface(unknown, new Guid(UnknownIid), out _);
        Marshal.Release(unknown);
        return hresult;
    }

    /// <summary>Puts a reference into a stream, from which another thread takes it.</summary>
    public nint Marshaled()
    {
        var unknown = Unknown();
        var hresult =
            Ole.CoMarshalInterThreadInterfaceInStream(in Ole.IUnknown, unknown, out var stream);
        Marshal.Release(unknown);
        Failure.Check(hresult, "CoMarshalInterThreadInterfaceInStream");
        return stream;
    }

    public abstract void Dispose();

    public const string UnknownIid = "9B4B3F0C-6F0B-4C1D-8F63-53C0F9D1F6A1";

    /// <summary>Whether .NET finds the interface that no object has.</summary>
    protected abstract bool IsUnknown { get; }

    /// <summary>Returns a reference to the object, which the caller releases.</summary>
    protected abstract nint Unknown();
}

/// <summary>How a call ended.</summary>
readonly record struct Answer(
    int HResult, object? Value, int Code, string? Source, string? Description)
{
    public override string ToString() =>
        HResult < 0 ? $"failed {Lines.Hex(HResult)} Call"
        : Code == 0 ? $"value {Words.Of(Value)}"
        : $"handler {Lines.Hex(Code)} {Words.OfText(Source)} {Words.OfText(Description)}";
}

/// <summary>One of the two ways in which .NET offers COM.</summary>
sealed record Kind(Func<Guid, ServerObject> Activate, Func<nint, ServerObject> FromUnknown)
{
    static readonly Dictionary<string, Kind> kinds = new()
    {
        ["ComImport"] = new(ComImportObject.Activate, ComImportObject.FromUnknown),
        ["GeneratedComInterface"] = new(GeneratedObject.Activate, GeneratedObject.FromUnknown),
    };

    public static Kind Named(string name) => kinds[name];

    public ServerObject Unmarshal(nint stream)
    {
        Failure.Check(
            Ole.CoGetInterfaceAndReleaseStream(stream, in Ole.IUnknown, out var unknown),
            "CoGetInterfaceAndReleaseStream");
        try
        {
            return FromUnknown(unknown);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }
}
