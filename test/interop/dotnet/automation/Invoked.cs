using System.Globalization;
using System.Reflection;

using static AsyncCom.Interop.Program;

namespace AsyncCom.Interop;

/// <summary>Scenes with <c>Type.InvokeMember</c>.</summary>
static class Invoked
{
    public static void Members(object server)
    {
        Say(Call(server, "add", 2, 3), Call(server, "ADD", 2));
        Say(Call(server, "add", 2, Type.Missing), Call(server, "repeat", "ab", Type.Missing, "-"));
        Say(Invoke(server, BindingFlags.InvokeMethod, "repeat", ["-", "ab"], null,
            ["between", "text"]));
        Set(server, "label", "covers");
        Say(Get(server, "label"), Get(server, "count"));
        Say(Get(Call(server, "[DISPID=0]", 1)!, "name"), Get(server, "[DISPID=101]"));
        var item = Call(server, "item", 0)!;
        Set(item, "name", "eins");
        Say(Call(server, "nameOf", item));
        Set(server, "best", item);
        Say(Get(Get(server, "best")!, "name"));
        Set(server, "price", 12.5m);
        Set(server, "day", new DateTime(2024, 2, 29));
        Say(Get(server, "price"), Get(server, "day"));
        Say(Call(server, "squares", new[] { 1, 2, 3 }));
    }

    public static void Variables(object server)
    {
        var byReference = new ParameterModifier(1) { [0] = true };
        object?[] one = [21];
        Invoke(server, BindingFlags.InvokeMethod, "twice", one, [byReference], null);
        Say(one);
        object?[] two = ["7", 2];
        var second = new ParameterModifier(2) { [0] = true, [1] = true };
        Say(Invoke(server, BindingFlags.InvokeMethod, "swap", two, [second], null));
        Say(two);
        // Square: what comes back has the shape of what was sent.
        object?[] table = [new[,] { { 1, 2 }, { 3, 4 } }];
        Invoke(server, BindingFlags.InvokeMethod, "turn", table, [byReference], null);
        Say(table);
        object?[] arrays = [new[] { 1, 2 }, new[] { 3, 4, 5 }];
        Say(Invoke(server, BindingFlags.InvokeMethod, "swap", arrays, [second], null));
        Say(arrays);
        // Without a modifier the argument goes by value.
        object?[] values = [21];
        Invoke(server, BindingFlags.InvokeMethod, "twice", values, null, null);
        Say(values);
    }

    public static void Errors(object server)
    {
        SayRaised(() => Call(server, "fail"));
        SayError(() => Call(server, "add", "x"));
        SayError(() => Call(server, "add"));
        SayError(() => Call(server, "add", 1, 2, 3));
        SayError(() => Call(server, "missing"));
        SayError(() => Set(server, "count", 1));
        Say(Call(server, "add", 1));
    }

    static object? Call(object target, string name, params object?[] arguments) =>
        Invoke(target, BindingFlags.InvokeMethod, name, arguments, null, null);

    static object? Get(object target, string name, params object?[] arguments) =>
        Invoke(target, BindingFlags.GetProperty, name, arguments, null, null);

    static void Set(object target, string name, object? value) =>
        Invoke(target, BindingFlags.SetProperty, name, [value], null, null);

    static object? Invoke(object target, BindingFlags flags, string name, object?[] arguments,
        ParameterModifier[]? modifiers, string[]? names) => target.GetType().InvokeMember(
            name, flags, null, target, arguments, modifiers, CultureInfo.InvariantCulture, names);
}
