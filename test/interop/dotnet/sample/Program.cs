using System.Runtime.InteropServices;

// The ProgID of a registered server, such as Acme.Files. COM starts the server.
var type = Type.GetTypeFromProgID(args[0], throwOnError: true)!;
var server = (IMethodCall)Activator.CreateInstance(type)!;
Console.WriteLine(Call("add", 2, 3));
Console.WriteLine(Call("whoAmI"));

object? Call(string method, params object?[] arguments)
{
    var hresult = server.Call(method, arguments, Guid.NewGuid(), out var result, out var error);
    Marshal.ThrowExceptionForHR(hresult); // the call failed
    if (error.Code < 0) // the handler failed
        throw new COMException(error.Description, error.Code) { Source = error.Source };
    return result;
}
