namespace Stk.EndToEnd.Torture;

/// <summary>
/// The harness of <c>./stk upgrade</c> with one build in both places: hosts are replaced one after the other under load.
/// The nightly run takes an earlier revision.
/// </summary>
[Collection(TortureTests.Alone)]
public sealed class UpgradeTests
{
    [Fact]
    public async Task Hosts_replaced_one_after_the_other_under_load_lose_nothing()
    {
        var said = (await HarnessRun.Of("upgrade", "same", "--seed", "7")).Done().Text;

        Assert.Contains("both silos are new", said, StringComparison.Ordinal);
        Assert.Contains("ok   both builds served side by side", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_is_not_there_is_named()
    {
        var refused = await HarnessRun.Of("upgrade", "no-such-revision");

        Assert.Contains("no-such-revision", refused.Sentence(), StringComparison.Ordinal);
    }
}
