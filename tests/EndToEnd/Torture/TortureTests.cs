using System.Diagnostics;

namespace Stk.EndToEnd.Torture;

[Collection(Alone)]
public sealed class TortureTests
{
    /// <summary>Two clusters under load at once would only slow each other.</summary>
    public const string Alone = "Clusters under load";

    /// <summary>Far above what it takes: a machine may be busy.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(9);

    [Fact]
    public async Task Five_kills_of_silos_hosts_and_database_break_no_promise()
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "stk"))
        {
            // Chosen for its variety: silos by signal and by fault point, API host, database, cuts at COMMIT, a full disk.
            ArgumentList = { "torture", "--kills", "5", "--seed", "31" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var torture = Process.Start(start) ?? throw new InvalidOperationException("./stk did not start");
        using var timeout = new CancellationTokenSource(Timeout);
        var output = torture.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = torture.StandardError.ReadToEndAsync(timeout.Token);
        var said = $"{await output}{await error}";
        await torture.WaitForExitAsync(timeout.Token);

        Assert.True(torture.ExitCode == 0, said);
        Assert.Contains("5 kills", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", said, StringComparison.Ordinal);
    }
}
