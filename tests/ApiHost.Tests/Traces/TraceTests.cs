using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Traces;

[Collection(ApiCollection.Name)]
public sealed class TraceTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task Each_read_of_a_named_person_by_an_operator_or_auditor_is_told_and_nobodys_own()
    {
        string[] paths =
        [
            "/balance?participant=tr-ann", "/balance/history?participant=tr-ann", "/transactions?participant=tr-ann",
            "/rewards?participant=tr-ann", "/limits?participant=tr-ann", "/streak?participant=tr-ann",
            "/sales?participant=tr-ann", "/notices?participant=tr-ann", "/vesting?participant=tr-ann", "/entitlements?participant=tr-ann",
            "/entitlements/mentor_session?participant=tr-ann",
            "/admin/participants?id=tr-ann",
        ];
        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.OK, (await Host.Get(Root + path, Host.Keys.Token("auditor", "tr-nosy"))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await Host.Get($"{Root}/balance", Host.Keys.Token("participant", "tr-ann"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Host.Get($"{Root}/balance?participant=tr-ann", Host.Keys.Token("operator", "tr-olga"))).Status);

        await Eventually.True(
            () => Task.FromResult(Host.Cluster.Traces.Kept.Any(read => read.By == "tr-olga")), "the last one is told");
        var kept = Host.Cluster.Traces.Kept.Where(read => read.Participant == "tr-ann").ToList();
        Assert.Equal(
            [
                "balance", "balance-history", "transactions", "rewards", "limits", "streak", "sales", "notices", "vesting", "entitlements",
                "entitlement-check", "admin-participant", "balance",
            ],
            kept.Select(read => read.What));
        Assert.Equal(
            [("auditor", "tr-nosy"), ("operator", "tr-olga")], kept.Select(read => (read.Role, read.By)).Distinct());
    }

    [Theory]
    [InlineData("/balance/history")]
    [InlineData("/transactions")]
    public async Task Notes_are_shown_to_their_two_sides_and_to_others_for_a_reason_that_is_kept(string path)
    {
        var auditor = Host.Keys.Token("auditor", "tr-aud");

        Assert.NotNull(await Note(path, Host.Keys.Token("participant", "tr-bob")));
        Assert.Null(await Note($"{path}?participant=tr-bob", auditor));
        Assert.NotNull(await Note($"{path}?participant=tr-bob&reason=a+complaint", auditor));
        (await Host.Get($"{Root}{path}?participant=tr-bob&reason=", auditor)).Problem(400, "invalid-request");

        await Eventually.True(
            () => Task.FromResult(Host.Cluster.Traces.Kept.Any(
                read => read is { Participant: "tr-bob", By: "tr-aud", Reason: "a complaint" })), "the reason is kept");
    }

    [Fact]
    public async Task Reads_stop_where_their_traces_cannot_be_written_and_go_on_where_they_can()
    {
        await using var host = await ApiHostUnderTest.Start(
            "--Stk:Cluster:Deadline=00:00:00.100", "--Stk:Cluster:AttemptTimeout=00:00:00.050");
        var auditor = host.Keys.Token("auditor", "tr-aud");
        host.Cluster.Traces.IsDown = true;

        // The first goes on: no read waits for its trace.
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/balance?participant=tr-eve", auditor)).Status);
        await Eventually.True(
            async () => (await host.Get($"{Root}/balance?participant=tr-eve", auditor)).Status
                == HttpStatusCode.ServiceUnavailable,
            "such reads have stopped");
        (await host.Get($"{Root}/balance?participant=tr-eve", auditor)).Problem(503, "traces-unavailable");
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/balance", host.Keys.Token("participant", "tr-eve"))).Status);

        host.Cluster.Traces.IsDown = false;
        await Eventually.True(
            async () => (await host.Get($"{Root}/balance?participant=tr-eve", auditor)).Status == HttpStatusCode.OK,
            "they go on");
        Assert.NotEmpty(host.Cluster.Traces.Kept);
    }

    private async Task<string?> Note(string path, string token) =>
        (await Host.Get(Root + path, token)).Json.GetProperty("items")[0].GetProperty("note").GetString();
}
