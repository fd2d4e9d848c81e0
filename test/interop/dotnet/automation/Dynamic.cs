using System.Runtime.InteropServices;

using static AsyncCom.Interop.Program;

namespace AsyncCom.Interop;

/// <summary>Scenes with <c>dynamic</c>.</summary>
static class Dynamic
{
    public static void Methods(dynamic server)
    {
        Say(server.add(2, 3), server.ADD(2, 3));
        Say(server.add(2), server.add(2, Type.Missing));
        Say(server.repeat("ab"), server.repeat("ab", between: "-"));
        Say(server.repeat(times: 3, text: "ab"), server.repeat(12, "3", Type.Missing));
        Say(server.given(1, Type.Missing, "x"));
        Say(server[1].name, server.item(2).name);
    }

    public static void Properties(dynamic server)
    {
        server.label = "cover";
        server.LABEL += "s";
        Say(server.label, server.count);
        server[1].name = "zwei";
        Say(server[1].name);
    }

    public static void Variables(dynamic server)
    {
        var number = 21;
        server.twice(ref number);
        Say(number);
        object text = "7", other = 2;
        Say(server.swap(ref text, ref other));
        Say(text, text.GetType().Name, other, other.GetType().Name);
        Say(server.swap(ref other, 5));
        Say(other);
        var word = "old";
        server.swap(ref word, "new");
        Say(word);
        // The binder passes the variable in the type of its value.
        SayError(() => server.swap(ref other, "two"));
    }

    public static void Values(dynamic server)
    {
        server.price = 12.5m;
        Say(server.price, server.price.GetType().Name);
#pragma warning disable CS0618 // It is obsolete, and programs use it.
        server.price = new CurrencyWrapper(-0.0001m);
#pragma warning restore CS0618
        Say(server.price);
        server.exact = 79228162514264337593543950335m;
        Say(server.exact, server.exact.GetType().Name);
        server.exact = 1.50m;
        Say(server.exact);
        server.day = new DateTime(2024, 2, 29, 12, 34, 56);
        Say(server.day, server.day.GetType().Name, server.kindOf(server.day));
        server.ratio = 0.1;
        Say(server.ratio, server.ratio.GetType().Name);
        server.open = true;
        Say(server.open, server.open.GetType().Name);
        server.label = "héé ☃ \0.";
        Say(server.label.Length, server.label == "héé ☃ \0.");
        Say(server.echo(null), server.echo(DBNull.Value).GetType().Name);
        Say(server.echo(9007199254740993L), server.echo(0.5m), server.echo((byte)255));
    }

    public static void Arrays(dynamic server)
    {
        Say(server.squares(new[] { 1, 2, 3 }));
        Say(server.squares(new object[] { 4, "5" }));
        Say(server.squares(new int[0]));
        Say((object)server.upper(new[] { "a", "bc" }));
        Say(server.transpose(new double[,] { { 1, 2, 3 }, { 4, 5, 6.5 } }));
        Say(server.echo(new byte[] { 0, 255 }), server.kindOf(new byte[] { 0, 255 }));
        Say(server.echo(new[] { 1, 2 }), server.kindOf(new[] { 1, 2 }));
        Say(server.echo(new[] { 0.5 }), server.kindOf(new[] { 0.5 }));
        Say((object)server.echo(new[] { "a" }), server.kindOf(new[] { "a" }));
        Say((object)server.echo(new object[] { 1, "two", new object[] { false } }));
        Say((object)server.echo(new[,] { { 1, 2 } }));
    }

    public static void Objects(dynamic server)
    {
        var item = server.item(1);
        Say(item.name, item.greet("all"));
        item.name = "zwei";
        Say(server.nameOf(item), server.nameOf(server[0]));
        server.best = item;
        Say(server.best.name, server.nameOf(server.best));
        // The object is the same.
        Say(ReferenceEquals(server.item(1), item));
    }

    public static void OwnObjects(dynamic server)
    {
        var sink = new Sink();
        Say(server.callBack(sink, 3));
        Say(server.readAndWrite(sink), sink.Value);
        Say(ReferenceEquals(server.echo(sink), sink));
    }

    public static void Collections(dynamic server)
    {
        foreach (var item in server) Say(item.name);
        foreach (string name in server.names()) Say(name);
        var twice = server.names();
        foreach (var name in twice) Say(name);
        foreach (var name in twice) Say("again", name);
        Say(server.sumOf(new Numbers()));
    }

    public static void Dictionaries(dynamic server)
    {
        var settings = server.settings();
        Say(settings.name, settings.SIZE, settings["size"], settings.Count);
        Say(settings.inner.deep, settings.list);
        foreach (var key in settings) Say(key);
        Say(server.nameIn(settings));
        SayError(() => settings.name = "changed");
    }

    public static void Errors(dynamic server)
    {
        SayRaised(() => server.fail());
        SayRaised(() => server.item(9));
        SayError(() => server.add("x"));
        SayError(() => server.add(3000000000));
        SayError(() => server.add());
        SayError(() => server.add(1, 2, 3));
        SayError(() => server.add(1, c: 2));
        SayError(() => server.given(1, a: 2)); // It is not typed, and has no names.
        SayError(() => server.missing());
        SayError(() => server.missing = 1);
        SayError(() => server.count = 1);
        SayError(() => server.exact = "x");
        Say(server.add(1));
    }
}
