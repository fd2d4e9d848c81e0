using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AsyncCom.Interop;

// The interfaces for the source generator of .NET 8 and later. It knows no SAFEARRAY.

[GeneratedComInterface(StringMarshalling = StringMarshalling.Custom,
    StringMarshallingCustomType = typeof(BStrStringMarshaller))]
[Guid("214C30C4-5D64-4252-9B8E-184CCC9483EF")]
internal unsafe partial interface IGeneratedMethodCall
{
    [PreserveSig]
    int Call(
        string method, nint arguments, Guid* cancelId, ComVariant* result,
        GeneratedCallError* error);
}

/// <summary>Both texts are BSTRs, which the caller frees.</summary>
internal struct GeneratedCallError
{
    public int Code;
    public nint Source;
    public nint Description;
}

[GeneratedComInterface]
[Guid("7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5")]
internal partial interface IGeneratedCallCancellation
{
    [PreserveSig]
    int CancelCall(in Guid cancelId);
}

[GeneratedComInterface]
[Guid(ServerObject.UnknownIid)]
internal partial interface IGeneratedUnknown
{
    [PreserveSig]
    int Call();
}
