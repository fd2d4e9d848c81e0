// A client of the interface that the test generates from the class: see
// test/support/csharp-interface.ts. client.ps1 compiles both.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;

public static class EarlyBound
{
    public static IEnumerable<string> PlayMembers()
    {
        var catalogue = (ICatalogue)new CatalogueClass();
        yield return Line(catalogue.add(2, 3), catalogue.add(2));
        yield return Line(catalogue.repeat("ab"), catalogue.repeat("ab", between: "-"));
        catalogue.label = "covers";
        yield return Line(catalogue.label, catalogue.count);
        catalogue.price = 12.3456m;
        catalogue.exact = 79228162514264337593543950335m;
        catalogue.day = new DateTime(2024, 2, 29, 12, 34, 56);
        yield return Line(catalogue.price, catalogue.exact, catalogue.day.ToString("s"));
        catalogue.open = true;
        catalogue.ratio = 0.5;
        yield return Line(catalogue.open, catalogue.ratio);
        var number = 21;
        catalogue.twice(ref number);
        yield return Line(number);
        yield return Line(string.Join(",", catalogue.squares(new[] { 1, 2, 3 })));
        yield return Line(string.Join(",", catalogue.upper(new[] { "a", "bc" })));
        var table = catalogue.transpose(new double[,] { { 1, 2, 3 }, { 4, 5, 6.5 } });
        yield return Line(table.GetLength(0), table.GetLength(1), table[2, 1]);
        // .NET sends the array, not its elements.
        yield return Line(catalogue.kindOf(1, "x"));
        dynamic item = catalogue.item(1);
        catalogue.best = item;
        yield return Line(item.name, ((dynamic)catalogue.best).name);
        var names = new List<string>();
        foreach (dynamic one in catalogue) names.Add(one.name);
        yield return Line(string.Join(",", names));
        Marshal.FinalReleaseComObject(catalogue);
    }

    public static IEnumerable<string> PlayErrors()
    {
        var catalogue = (ICatalogue)new CatalogueClass();
        yield return Error(() => catalogue.fail());
        yield return Line(catalogue.add(1));
        Marshal.FinalReleaseComObject(catalogue);
    }

    static string Error(Action action)
    {
        try
        {
            action();
            return "no error";
        }
        catch (Exception error)
        {
            var hresult = error.HResult.ToString("X");
            return Line(error.GetType().Name, hresult, error.Source, error.Message);
        }
    }

    static string Line(params object[] values) => string.Join(" ",
        Array.ConvertAll(values, one => Convert.ToString(one, CultureInfo.InvariantCulture)));
}
