// A client. Arguments: the class, where the proxy/stub is (../shared/ProxyStub.cs), ComImport or
// GeneratedComInterface, and STA or MTA. It activates the class, writes "ready", and runs the
// commands that it reads, each on a thread of its own:
//
//   ID METHOD ARGUMENT…   calls a method (METHOD is a bstr:…) and answers with a line as
//                         ../../programs/client.h describes
//   ID cancel OTHER       cancels the call that has the id OTHER, and answers with the HRESULT
//   ID unknown            asks for an interface that no object has, and answers with the HRESULT
using System.Collections.Concurrent;

namespace AsyncCom.Interop;

static class Program
{
    static readonly ConcurrentDictionary<string, Guid> cancelIds = new();

    static int Main(string[] args) => Lines.Run(() =>
    {
        var apartment = Enum.Parse<ApartmentState>(args[3]);
        Failure? failure = null;
        var main = StartThread(apartment, () =>
        {
            try
            {
                RunCommands(Guid.Parse(args[0]), args[1], Kind.Named(args[2]), apartment);
            }
            catch (Failure error)
            {
                failure = error;
            }
        });
        main.Join();
        if (failure is not null) throw failure;
    });

    /// <summary>
    /// In the multithreaded apartment, all threads share the object. A single-threaded apartment
    /// gets its own proxy for the object, by marshaling.
    /// </summary>
    static void RunCommands(Guid clsid, string proxyStub, Kind kind, ApartmentState apartment)
    {
        using var _ = new ProxyStub(proxyStub);
        using var server = kind.Activate(clsid);
        Lines.Write("ready");
        var threads = new List<Thread>();
        while (Console.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            if (parts[1] != "cancel") cancelIds[parts[0]] = Guid.NewGuid();
            if (apartment == ApartmentState.MTA)
            {
                threads.Add(StartThread(apartment, () => RunCommand(server, parts)));
                continue;
            }
            var stream = server.Marshaled();
            threads.Add(StartThread(apartment, () =>
            {
                using var ofThread = new ProxyStub(proxyStub);
                using var own = kind.Unmarshal(stream);
                RunCommand(own, parts);
            }));
        }
        foreach (var thread in threads) thread.Join();
    }

    static void RunCommand(ServerObject server, string[] parts)
    {
        string answer;
        try
        {
            answer = Answered(server, parts);
        }
        catch (Exception error)
        {
            answer = $"failed {Lines.Hex(error.HResult)} {error.Message}";
        }
        Lines.Write($"{parts[0]} {answer}");
    }

    static string Answered(ServerObject server, string[] parts) => parts[1] switch
    {
        "cancel" => $"value i4:{server.Cancel(cancelIds[parts[2]])}",
        "unknown" => $"value i4:{server.AskForUnknown()}",
        var method => server.Call(
            (string)Words.Parse(method)!,
            [.. parts.Skip(2).Select(Words.Parse)],
            cancelIds[parts[0]]).ToString(),
    };

    static Thread StartThread(ApartmentState apartment, ThreadStart body)
    {
        var thread = new Thread(body);
        thread.SetApartmentState(apartment);
        thread.Start();
        return thread;
    }
}
