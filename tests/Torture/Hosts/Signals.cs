using System.Runtime.InteropServices;

namespace Stk.Torture.Hosts;

internal static class Signals
{
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>False where there is no such process any more.</summary>
    public static bool Send(int process, int signal) => Native(process, signal) == 0;

#pragma warning disable SYSLIB1054 // The generated import would need unsafe code in this project.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Native(int process, int signal);
#pragma warning restore SYSLIB1054
}
