using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Deposits;

/// <summary>What has come back from wallets, over REST.</summary>
public sealed class DepositTests
{
    private const string Root = ApiHostUnderTest.Root;

    [Fact]
    public async Task A_participant_reads_their_own_page_by_page()
    {
        await using var host = await ApiHostUnderTest.Start();

        var page = await host.Get($"{Root}/wallet/deposits", host.Keys.Token("participant", "ann"));

        Assert.Equal(
            """{"items":[{"id":"00000000-0000-0000-0000-000000000000","amount":"5","from":"sender","memo":"memo","signature":"sig","slot":7,"explorer":null,"at":"2026-01-05T08:00:00+00:00"}],"next":"good"}""",
            page.Text);
        (await host.Get($"{Root}/wallet/deposits?cursor=bad", host.Keys.Token("participant", "ann")))
            .Problem(400, "invalid-cursor");
    }

    [Fact]
    public async Task Operators_read_all_by_state()
    {
        await using var host = await ApiHostUnderTest.Start();
        var auditor = host.Keys.Token("auditor");

        var page = await host.Get($"{Root}/admin/settlement/deposits?state=suspense", auditor);

        Assert.Equal(
            """{"items":[{"id":"00000000-0000-0000-0000-000000000000","amount":"5","state":"suspense","from":"sender","memo":"memo","to":null,"signature":"sig","slot":7,"at":"2026-01-05T08:00:00+00:00","returnedBy":null}],"next":"good"}""",
            page.Text);
        (await host.Get($"{Root}/admin/settlement/deposits?cursor=bad", auditor)).Problem(400, "invalid-cursor");
        Assert.Equal(
            ["state"],
            (await host.Get($"{Root}/admin/settlement/deposits?state=lost", auditor)).Problem(400, "invalid-request"));
    }
}
