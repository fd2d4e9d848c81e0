using System.Runtime.InteropServices;

namespace AsyncCom.Interop;

/// <summary>
/// Keeps the list of a thread's exception handlers as it is. Wine adds to this list, which Windows
/// does not use in 64-bit programs. When .NET throws an exception out of its native code, an entry
/// stays behind that is not on the stack any more, and the process may hang later.
/// </summary>
sealed unsafe partial class HandlerList : IDisposable
{
    static readonly bool underWine = NativeLibrary.TryGetExport(
        NativeLibrary.Load("ntdll"), "wine_get_version", out _);

    readonly nint* head = underWine ? Head() : null;

    readonly nint saved;

    public HandlerList()
    {
        if (head is not null) saved = *head;
    }

    public void Dispose()
    {
        if (head is not null) *head = saved;
    }

    /// <summary>The first field of the thread's environment block.</summary>
    static nint* Head()
    {
        const nint thisThread = -2;
        ThreadBasicInformation information;
        var size = sizeof(ThreadBasicInformation);
        Failure.Check(
            NtQueryInformationThread(thisThread, 0, &information, size, 0),
            "NtQueryInformationThread");
        return information.EnvironmentBlock;
    }

    struct ThreadBasicInformation
    {
        public nint ExitStatus;
        public nint* EnvironmentBlock;
        public nint Process, Thread, Affinity, Priorities;
    }

    [LibraryImport("ntdll")]
    private static partial int NtQueryInformationThread(
        nint thread, int what, ThreadBasicInformation* information, int size, nint returned);
}
