using System.Collections;
using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>An object of the client, which the server calls.</summary>
[ComVisible(true), ClassInterface(ClassInterfaceType.AutoDispatch)]
public sealed class Sink
{
    public int Value { get; set; } = 5;

    public int Take(int number)
    {
        Program.Say("got", number);
        return 10 * number;
    }
}

/// <summary>A collection of the client.</summary>
[ComVisible(true), ClassInterface(ClassInterfaceType.AutoDispatch)]
public sealed class Numbers : IEnumerable
{
    public IEnumerator GetEnumerator() => new[] { 1, 2, 3 }.GetEnumerator();
}
