namespace AsyncCom.Interop;

/// <summary>Writes lines to standard output, from any thread (../../programs/lines.h).</summary>
static class Lines
{
    static readonly TextWriter output = TextWriter.Synchronized(
        new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" });

    public static void Write(string line) => output.WriteLine(line);

    public static string Hex(int hresult) => hresult.ToString("X8");

    /// <summary>Runs a program. If it fails, writes "failed HRESULT STEP".</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Action body)
    {
        try
        {
            body();
            return 0;
        }
        catch (Failure failure)
        {
            Write($"failed {Hex(failure.HResult)} {failure.Message}");
            return 1;
        }
    }
}

/// <summary>A function that failed, and its HRESULT.</summary>
sealed class Failure : Exception
{
    public Failure(int hresult, string step) : base(step) => HResult = hresult;

    /// <exception cref="Failure">The HRESULT is a failure.</exception>
    public static void Check(int hresult, string step)
    {
        if (hresult < 0) throw new Failure(hresult, step);
    }
}
