using System.Diagnostics;
using System.Globalization;
using Stk.Testing;

namespace Stk.Torture.Hosts;

/// <summary>One of our hosts as a process of the machine: started, killed, stopped and woken by its id.</summary>
/// <param name="name">As in its log, <c>silo-1</c>.</param>
/// <param name="directory">Where its program lies in a build.</param>
internal sealed class HostProcess(string name, string directory, string file, TortureSettings settings)
{
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private Process? _process;

    public string Name => name;

    public string LogFile => Path.Combine(settings.Logs, $"{name}.log");

    /// <summary>The build that it is started from the next time, a directory of <c>app</c>.</summary>
    public string Build { get; set; } = settings.From ?? TortureSettings.Current;

    public bool IsAlive => _process is { HasExited: false };

    /// <summary>True while it stands still, whoever has stopped it.</summary>
    public bool IsStopped => _process is { HasExited: false } process && State(process.Id) == "T";

    /// <param name="verb">Its argument; empty for none.</param>
    public void Start(IReadOnlyDictionary<string, string> environment, string verb = "")
    {
        if (IsAlive)
        {
            throw new InvalidOperationException($"{name} runs already");
        }

        _process?.Dispose();
        var program = settings.Program(directory, file, Build);
        // The shell becomes the program: its id is the program's.
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "-c", "exec dotnet \"$1\" ${3:+\"$3\"} >>\"$2\" 2>&1 </dev/null", "bash", program, LogFile, verb,
            },
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        // As deploy/local/processes.sh writes it: whoever cleans up after us knows the process for certain.
        File.WriteAllText(
            Path.Combine(settings.RunDirectory, $"{name}.pid"),
            string.Create(
                CultureInfo.InvariantCulture, $"{_process.Id} {Field(_process.Id, 19)} {BootId()}\n"));
    }

    /// <summary>SIGKILL; returns once it is gone.</summary>
    public async Task Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, as an operator sends it; true once it has ended by itself.</summary>
    public async Task<bool> Leave()
    {
        if (_process is not { HasExited: false } process)
        {
            return true;
        }

        using var limit = HangLimit.StepSource();
        Signals.Send(process.Id, Signals.Terminate);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Stop() => Signals.Send(_process!.Id, SigStop);

    public void Wake()
    {
        if (IsAlive)
        {
            Signals.Send(_process!.Id, SigContinue);
        }
    }

    private static string State(int process) => Field(process, 0);

    // Of /proc/PID/stat after the name, which may hold blanks and brackets.
    private static string Field(int process, int place)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[place];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
