using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stk.EndToEnd.Runs;

public sealed class KilledRunTests
{
    [Fact]
    public async Task All_that_a_killed_run_has_started_ends_with_it_and_its_data_is_gone()
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
        {
            RedirectStandardOutput = true,
        })!; // null only with UseShellExecute
        var home = await run.StandardOutput.ReadLineAsync().WaitAsync(HangLimit.Program)
            ?? throw new InvalidOperationException("the run ended before its economy was there");
        var started = Living(home);
        Assert.All(
            ["Stk.Silo.dll", "Stk.ApiHost.dll", "psql", "postgres"],
            program => Assert.Contains(started, line => line.Contains(program, StringComparison.Ordinal)));

        run.Kill();

        await Eventually.Get(() => Task.FromResult(Living(home)), left => left.Count == 0, "nothing of the run's lives");
        await Eventually.True(() => !Directory.Exists(home), "its economy's home is deleted");
    }

    // The command lines of those that name the home there or in their environment.
    private static Left Living(string home)
    {
        var left = new Left();
        foreach (var process in Directory.GetDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var line = Text(process, "cmdline");
                if (line.Contains(home, StringComparison.Ordinal)
                    || Text(process, "environ").Contains(home, StringComparison.Ordinal))
                {
                    left.Add(line);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has just ended, or is another user's.
            }
        }

        return left;
    }

    private static string Text(string process, string file) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, file))).Replace('\0', ' ');

    private sealed class Left : List<string>
    {
        public override string ToString() => string.Join('\n', this);
    }
}
