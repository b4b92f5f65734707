using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Reconciling;

/// <summary>Whether ledger and chain are equal, over REST.</summary>
public sealed class ReconciliationTests
{
    private const string Root = ApiHostUnderTest.Root;
    private static readonly Guid Id = new("0190c2f0-0000-7000-8000-000000000001");

    [Fact]
    public async Task Anybody_reads_the_reserves_without_a_token()
    {
        await using var host = await ApiHostUnderTest.Start();

        Assert.Equal(
            """{"slot":9,"sequence":7,"supply":"0.00009","vault":"0.00006","float":"0.00001","inFlight":"0.000002","outside":"0.00002","suspense":"0.000005","issued":"0.0001","minted":"0.000095","burned":"0.000001","burnDue":"0.000003","burnedByHolders":"0.000004","matches":false,"at":"2026-01-05T08:00:00+00:00"}""",
            (await host.Get($"{Root}/stats/reserves")).Text);
        host.Cluster.Reconciliation.IsDone = false;
        (await host.Get($"{Root}/stats/reserves")).Problem(503, "unavailable");
    }

    [Fact]
    public async Task Operators_ask_for_one_and_see_what_differs()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");
        var auditor = host.Keys.Token("auditor");

        var asked = await host.Write("POST", "/admin/settlement/reconcile", olga, """{"reason":"a look"}""", ("Idempotency-Key", "a"));
        var again = await host.Write("POST", "/admin/settlement/reconcile", olga, """{"reason":"a look"}""", ("Idempotency-Key", "a"));
        (await host.Write(
                "POST", "/admin/settlement/reconcile", host.Keys.Token("operator", FakeOperators.GoneInTheSilo),
                """{"reason":"a look"}""", ("Idempotency-Key", "b")))
            .Problem(403, "operator-unknown");

        Assert.Equal((HttpStatusCode.Accepted, """{"asked":true}"""), (asked.Status, asked.Text));
        Assert.Equal((asked.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(
            """{"items":[{"number":4,"cause":"asked","askedBy":"olga","askedAt":"2026-01-05T08:00:00+00:00","reserves":null,"details":[]}],"next":"good"}""",
            (await host.Get($"{Root}/admin/settlement/reconciliations", auditor)).Text);
        (await host.Get($"{Root}/admin/settlement/reconciliations?cursor=bad", auditor)).Problem(400, "invalid-cursor");
        Assert.Equal(
            """{"items":[{"id":"00000000-0000-0000-0000-000000000000","kind":"left","amount":"3","account":"vault","signature":"sig","details":"It went to bob.","foundAt":"2026-01-05T08:00:00+00:00"}]}""",
            (await host.Get($"{Root}/admin/settlement/differences", auditor)).Text);
    }

    [Fact]
    public async Task A_difference_is_covered_and_a_deposit_assigned_by_two()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");

        var cover = await host.Write(
            "POST", $"/admin/settlement/differences/{Id}/cover", olga, """{"reason":"stolen"}""", ("Idempotency-Key", "a"));
        var assign = await host.Write(
            "POST", $"/admin/settlement/deposits/{Id}/assign", olga, """{"to":"ann","reason":"hers"}""", ("Idempotency-Key", "b"));
        (await host.Write(
                "POST", $"/admin/settlement/differences/{FakeReconciliationDesk.Nobody}/cover", olga, """{"reason":"stolen"}""",
                ("Idempotency-Key", "c")))
            .Problem(404, "unknown-difference");
        (await host.Write(
                "POST", $"/admin/settlement/deposits/{FakeDepositDesk.Nobody}/assign", olga, """{"to":"ann","reason":"hers"}""",
                ("Idempotency-Key", "d")))
            .Problem(404, "unknown-deposit");

        Assert.Equal(
            (HttpStatusCode.Accepted, "settlement.cover"), (cover.Status, cover.Json.GetProperty("kind").GetString()));
        Assert.Equal(
            (HttpStatusCode.Accepted, "settlement.assign"), (assign.Status, assign.Json.GetProperty("kind").GetString()));
    }
}
