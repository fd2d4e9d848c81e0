// A late-bound client. Arguments: the ProgID, a scene, and STA or MTA. It makes an object, plays
// the scene, and writes lines, which the test knows.
using System.Globalization;
using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

static class Program
{
    static readonly Dictionary<string, Action<object>> scenes = new()
    {
        ["Dynamic.Methods"] = Dynamic.Methods,
        ["Dynamic.Properties"] = Dynamic.Properties,
        ["Dynamic.Variables"] = Dynamic.Variables,
        ["Dynamic.Values"] = Dynamic.Values,
        ["Dynamic.Arrays"] = Dynamic.Arrays,
        ["Dynamic.Objects"] = Dynamic.Objects,
        ["Dynamic.OwnObjects"] = Dynamic.OwnObjects,
        ["Dynamic.Collections"] = Dynamic.Collections,
        ["Dynamic.Dictionaries"] = Dynamic.Dictionaries,
        ["Dynamic.Errors"] = Dynamic.Errors,
        ["Invoked.Members"] = Invoked.Members,
        ["Invoked.Variables"] = Invoked.Variables,
        ["Invoked.Errors"] = Invoked.Errors,
    };

    static int Main(string[] args)
    {
        var code = 1;
        var thread = new Thread(() => code = Lines.Run(() => Play(args[0], args[1])));
        thread.SetApartmentState(Enum.Parse<ApartmentState>(args[2]));
        thread.Start();
        thread.Join();
        return code;
    }

    static void Play(string progId, string scene)
    {
        try
        {
            var type = Type.GetTypeFromProgID(progId, throwOnError: true)!;
            var server = Activator.CreateInstance(type)!;
            scenes[scene](server);
            Marshal.FinalReleaseComObject(server);
        }
        catch (Exception error)
        {
            throw new Failure(error.HResult, error.GetBaseException().ToString());
        }
    }

    /// <summary>Writes a line with values, which single spaces separate.</summary>
    public static void Say(params object?[] values) =>
        Lines.Write(string.Join(' ', values.Select(Text)));

    /// <summary>Writes which exception an action throws.</summary>
    public static void SayError(Action action)
    {
        var error = Thrown(action);
        Say(error.GetType().Name, Lines.Hex(error.HResult));
    }

    /// <summary>Writes what an exception tells that a handler of the server has raised.</summary>
    public static void SayRaised(Action action)
    {
        var error = Thrown(action);
        Say(error.GetType().Name, Lines.Hex(error.HResult), error.Source, error.Message);
        if (!string.IsNullOrEmpty(error.HelpLink)) Say(error.HelpLink);
    }

    static Exception Thrown(Action action)
    {
        using var _ = new HandlerList();
        try
        {
            action();
        }
        catch (Exception error)
        {
            // Type.InvokeMember wraps it.
            return error.GetBaseException();
        }
        throw new InvalidOperationException("there is no error");
    }

    static string Text(object? value) => value switch
    {
        null => "null",
        Array { Rank: 1 } array => $"{array.GetType().Name}({Elements(array)})",
        Array array =>
            $"{array.GetType().Name}({array.GetLength(0)}x{array.GetLength(1)}: {Elements(array)})",
        DateTime date => date.ToString("s", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static string Elements(Array array) => string.Join(',', array.Cast<object?>().Select(Text));
}
