param([string] $ProgId)
$ErrorActionPreference = 'Stop'

Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;

[ComImport, Guid("214C30C4-5D64-4252-9B8E-184CCC9483EF")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IMethodCall
{
    [PreserveSig]
    int Call(
        [MarshalAs(UnmanagedType.BStr)] string method,
        [MarshalAs(UnmanagedType.SafeArray, SafeArraySubType = VarEnum.VT_VARIANT)]
        object[] arguments,
        ref Guid cancelId,
        out object result,
        out CallError error);
}

public struct CallError
{
    public int Code;
    [MarshalAs(UnmanagedType.BStr)] public string Source;
    [MarshalAs(UnmanagedType.BStr)] public string Description;
}

public static class AsyncCom
{
    public static object Call(object server, string method, params object[] arguments)
    {
        var cancelId = Guid.NewGuid();
        object result;
        CallError error;
        var hresult = ((IMethodCall)server).Call(
            method, arguments, ref cancelId, out result, out error);
        Marshal.ThrowExceptionForHR(hresult); // the call failed
        if (error.Code < 0) // the handler failed
            throw new COMException(error.Description, error.Code) { Source = error.Source };
        return result;
    }
}
'@

$server = New-Object -ComObject $ProgId
[AsyncCom]::Call($server, 'add', 2, 3)
[AsyncCom]::Call($server, 'whoAmI')
