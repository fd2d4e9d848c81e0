using System.Globalization;
using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>
/// Values in the words of ../../programs/values.h, and decimals. The words name the VARIANT that
/// .NET's marshaling makes of a value. Of the arrays, only those that <see cref="Of"/> names are ever
/// received.
/// </summary>
static class Words
{
    /// <exception cref="FormatException">The words are not a value.</exception>
    public static object? Parse(string words)
    {
        switch (words)
        {
            case "empty": return null;
            case "null": return DBNull.Value;
            case "true": return true;
            case "false": return false;
            case "nan": return double.NaN;
            case "error:80020004": return Type.Missing; // an argument that was left out
        }
        if (words.EndsWith(']'))
        {
            var start = words.IndexOf('[');
            var elements = Split(words[(start + 1)..^1]).Select(Parse);
            return words[..start] switch
            {
                "" => elements.ToArray(),
                "i4" => elements.Cast<int>().ToArray(),
                "r8" => elements.Cast<double>().ToArray(),
                "bool" => elements.Cast<bool>().ToArray(),
                "date" => elements.Cast<DateTime>().ToArray(),
                "bstr" => elements.Cast<string>().ToArray(),
                _ => throw new FormatException(words),
            };
        }
        var colon = words.IndexOf(':');
        if (colon < 0) throw new FormatException(words);
        return Scalar(words[..colon], words[(colon + 1)..]);
    }

    public static string Of(object? value) => value switch
    {
        null => "empty",
        DBNull => "null",
        bool flag => flag ? "true" : "false",
        int number => $"i4:{number}",
        long number => $"i8:{number}",
        ulong number => $"ui8:{number}",
        double.NaN => "nan",
        double number => $"r8:{Bits(number)}",
        DateTime date => $"date:{Bits(date.ToOADate())}",
        string text => OfText(text),
        byte[] bytes => $"bytes:{Convert.ToHexString(bytes)}",
        int[] numbers => $"i4[{string.Join(',', numbers.Select(one => Of(one)))}]",
        double[] numbers => $"r8[{string.Join(',', numbers.Select(one => Of(one)))}]",
        object?[] values => $"[{string.Join(',', values.Select(Of))}]",
        _ => $"another:{value.GetType()}",
    };

    /// <summary>The words of a BSTR. A null one is an empty string.</summary>
    public static string OfText(string? text) =>
        $"bstr:{Convert.ToHexString(MemoryMarshal.AsBytes<char>(text ?? ""))}";

    static object Scalar(string type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "i1" => sbyte.Parse(text, culture),
            "ui1" => byte.Parse(text, culture),
            "i2" => short.Parse(text, culture),
            "ui2" => ushort.Parse(text, culture),
            "i4" => int.Parse(text, culture),
            "ui4" => uint.Parse(text, culture),
            "i8" => long.Parse(text, culture),
            "ui8" => ulong.Parse(text, culture),
            "r4" => BitConverter.Int32BitsToSingle(
                int.Parse(text, NumberStyles.HexNumber, culture)),
            "r8" => FromBits(text),
            "decimal" => decimal.Parse(text, culture),
            "date" => DateTime.FromOADate(FromBits(text)),
            "bstr" => new string(MemoryMarshal.Cast<byte, char>(Convert.FromHexString(text))),
            "bytes" => Convert.FromHexString(text),
            _ => throw new FormatException(type),
        };
    }

    static double FromBits(string text) => BitConverter.Int64BitsToDouble(
        long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("X16");

    /// <summary>Splits at the commas that are not inside an inner array.</summary>
    static IEnumerable<string> Split(string words)
    {
        if (words == "") yield break;
        var depth = 0;
        var start = 0;
        for (var index = 0; index < words.Length; ++index)
        {
            if (words[index] == '[') ++depth;
            if (words[index] == ']') --depth;
            if (words[index] != ',' || depth > 0) continue;
            yield return words[start..index];
            start = index + 1;
        }
        yield return words[start..];
    }
}
