using System.Runtime.InteropServices;

namespace Stk.Cli.Endings;

/// <summary>
/// Whoever reads the standard output that this process was started with: <c>head -1</c> goes when it has its line.
/// </summary>
internal static class OutputReader
{
    private const int StandardOutput = 1;
    private const int Forever = -1;

    // EINTR: a signal came between.
    private const int Interrupted = 4;

    /// <summary>Ends once nobody reads any more; never where it is a file.</summary>
    public static Task WhenGone()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new Thread(() =>
        {
            if (Await())
            {
                gone.SetResult();
            }
        })
        {
            // It waits in the system, costs nothing, and ends with the process.
            IsBackground = true,
            Name = "reader of standard output",
        };
        waiting.Start();
        return gone.Task;
    }

    // False where the system cannot say.
    private static bool Await()
    {
        // No event is asked for: a pipe without a reader and a closed terminal are told all the same.
        var output = new Watched { Descriptor = StandardOutput };
        while (true)
        {
            var told = Poll(ref output, 1, Forever);
            if (told > 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }
    }

#pragma warning disable SYSLIB1054 // The generated import would need unsafe code in this project.
    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Watched descriptors, nuint count, int milliseconds);
#pragma warning restore SYSLIB1054

    // struct pollfd of poll(2).
    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Descriptor;
        public short Asked;
        public short Told;
    }
}
