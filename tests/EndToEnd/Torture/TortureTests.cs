namespace Stk.EndToEnd.Torture;

[Collection(Alone)]
public sealed class TortureTests
{
    /// <summary>Two clusters under load at once would only slow each other.</summary>
    public const string Alone = "Clusters under load";

    [Fact]
    public async Task Five_kills_of_silos_hosts_and_database_break_no_promise()
    {
        // Chosen for its variety: a silo by signal, one where a day's decisions are stored and not paid out, API host,
        // database, cuts at COMMIT, a full disk.
        var said = (await HarnessRun.Of("torture", "--kills", "5", "--seed", "9195")).Done().Text;

        Assert.Contains("5 kills", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", said, StringComparison.Ordinal);
    }
}
