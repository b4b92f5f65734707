using System.Diagnostics;
using System.Globalization;
using Stk.Testing.Runs;
using Xunit;

namespace Stk.Testing.Tests.Runs;

/// <summary><c>deploy/local/guard.sh</c>, given a pipe as a run gives it.</summary>
public sealed class GuardTests : IDisposable
{
    private readonly string _mark = $"{Guid.NewGuid():N}";
    private readonly string _home = Directory.CreateTempSubdirectory("stk-guard-").FullName;
    private readonly Process _guard;

    public GuardTests() => _guard = Start(mark: null, Path.Combine(Repository.Root, "deploy", "local", "guard.sh"), _mark);

    public void Dispose()
    {
        _guard.Dispose();
        if (Directory.Exists(_home))
        {
            Directory.Delete(_home, recursive: true);
        }
    }

    [Fact]
    public async Task All_that_bears_the_mark_ends_with_the_run_in_whatever_session_and_nothing_else()
    {
        using var child = Start(_mark, "sleep", "infinity");
        // It hands its mark on, and ends before the run does.
        using var parent = Start(_mark, "bash", "-c", "setsid sleep infinity </dev/null >/dev/null 2>&1 & echo $!");
        var grandchild = int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await parent.WaitForExitAsync();
        using var anothers = Start($"{Guid.NewGuid():N}", "sleep", "infinity");

        await EndRun();

        await child.WaitForExitAsync().WaitAsync(HangLimit.Step);
        await Eventually.True(() => !RunningProcess.IsAlive(grandchild), "the grandchild has ended");
        Assert.False(anothers.HasExited);
        anothers.Kill();
    }

    [Fact]
    public async Task What_the_run_owned_is_deleted_and_what_it_kept_is_not()
    {
        var (owned, kept) = (Path.Combine(_home, "a run's own"), Path.Combine(_home, "kept"));
        Directory.CreateDirectory(Path.Combine(owned, "deep"));
        Directory.CreateDirectory(kept);

        await EndRun($"own {owned}", $"own {kept}", $"keep {kept}");

        Assert.Equal([kept], Directory.GetDirectories(_home));
    }

    [Fact]
    public async Task A_database_in_what_the_run_owned_is_stopped_before()
    {
        using var start = Start(
            _mark, Path.Combine(Repository.Root, "deploy", "local", "postgres.sh"), "start",
            Path.Combine(_home, "postgres"), $"{FreePort.Next()}");
        await start.WaitForExitAsync().WaitAsync(HangLimit.Step);
        Assert.Equal(0, start.ExitCode);
        var data = Path.Combine(File.ReadAllText(Path.Combine(_home, "postgres", "base")).Trim(), "data");
        var server = int.Parse(File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        Assert.True(RunningProcess.IsAlive(server));

        await EndRun($"own {_home}");

        await Eventually.True(() => !RunningProcess.IsAlive(server), "the server has ended");
        Assert.False(Directory.Exists(_home));
    }

    // Whatever becomes of the run's process, its end of the pipe is closed.
    private async Task EndRun(params string[] lines)
    {
        foreach (var line in lines)
        {
            await _guard.StandardInput.WriteLineAsync(line);
        }

        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync().WaitAsync(HangLimit.Step);
    }

    private static Process Start(string? mark, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["STK_TEST_RUN"] = mark;
        return Process.Start(start)!; // null only with UseShellExecute
    }
}
