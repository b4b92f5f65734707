using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.ApiHost.Tests.Vesting;

public sealed class VestingTests
{
    private const string Root = ApiHostUnderTest.Root;

    [Fact]
    public async Task A_frozen_reward_says_why_until_when_and_what_is_missing()
    {
        await using var host = await ApiHostUnderTest.Start();

        var answer = await host.Get($"{Root}/vesting", host.Keys.Token("participant", "ann"));

        Assert.Equal(
            $$"""{"items":[{"id":"{{FakeVesting.Open}}","week":"2025-W51","type":"ProjectMilestoneCompleted","fund":"rewards","vestsDays":60,"amount":"750","unlocksOn":"2026-02-20","state":"waiting","condition":"ProjectValidated","decidesBy":"2026-03-22","events":[{"uuid":"00000007-0000-0000-0000-000000000000","verdict":null,"evidence":null}],"released":"0","cancelled":"0","decidedAt":null}],"next":"good"}""",
            answer.Text);
    }

    [Fact]
    public async Task Operators_see_everybodys_by_state_and_name_one()
    {
        await using var host = await ApiHostUnderTest.Start();
        var auditor = host.Keys.Token("auditor", "aud");

        var answer = await host.Get($"{Root}/admin/vesting?state=cancelled", auditor);

        Assert.Equal(GrantState.Cancelled, host.Cluster.Vesting.LastState);
        Assert.Equal("ann", answer.Json.GetProperty("items")[0].GetProperty("participant").GetString());
        (await host.Get($"{Root}/admin/vesting", auditor)).Problem(400, "invalid-request");
        (await host.Get($"{Root}/admin/vesting?state=open", auditor)).Problem(400, "invalid-request");
    }

    [Fact]
    public async Task An_operator_decides_and_each_refusal_has_its_name()
    {
        await using var host = await ApiHostUnderTest.Start();

        var done = await Decide(host, FakeVesting.Open, "release");

        Assert.Equal((HttpStatusCode.OK, "released"), (done.Status, done.Json.GetProperty("state").GetString()));
        var asked = Assert.Single(host.Cluster.Vesting.Asked);
        Assert.Equal(
            (FakeVesting.Open, Verdict.Release, "seen", "olga"), (asked.Grant, asked.Verdict, asked.Reason, asked.By));
        (await Decide(host, FakeVesting.Decided, "cancel")).Problem(409, "grant-decided");
        (await Decide(host, FakeVesting.Frozen, "release")).Problem(409, "grant-frozen");
        (await Decide(host, "nothing", "cancel")).Problem(404, "not-found");
        (await Decide(host, FakeVesting.Open, "keep")).Problem(400, "invalid-request");
    }

    [Fact]
    public async Task An_export_is_of_days_in_order_part_after_part()
    {
        await using var host = await ApiHostUnderTest.Start();
        var auditor = host.Keys.Token("auditor", "aud");

        var answer = await host.Get($"{Root}/admin/vesting/export.csv?from=2026-01-01&to=2026-01-31", auditor);

        Assert.Equal("2026-01-01\r\n2026-01-31\r\n", answer.Text);
        Assert.StartsWith("text/csv", answer.Headers["Content-Type"], StringComparison.Ordinal);
        (await host.Get($"{Root}/admin/vesting/export.csv?from=2026-02-01&to=2026-01-31", auditor)).Problem(400, "invalid-request");
        (await host.Get($"{Root}/admin/vesting/export.csv?from=2026-02-01", auditor)).Problem(400, "invalid-request");
    }

    private static Task<Answer> Decide(ApiHostUnderTest host, string id, string verdict) => host.Write(
        "POST", $"/admin/vesting/{id}/decision", host.Keys.Token("operator", "olga"),
        $$"""{"verdict":"{{verdict}}","reason":"seen"}""", ("Idempotency-Key", Guid.NewGuid().ToString()));
}
