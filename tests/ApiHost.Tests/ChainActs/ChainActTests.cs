using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.ChainActs;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.ChainActs;

/// <summary>Acts on chain whose keys no service has, over REST.</summary>
public sealed class ChainActTests
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Acts = "/admin/chain/acts";
    private const string Refill = """{"kind":"refill","amount":"300","reason":"it is low"}""";
    private static readonly Guid Id = new("0190c2f0-0000-7000-8000-000000000001");

    [Fact]
    public async Task An_act_waits_for_another_person_and_the_same_key_asks_once()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");

        var asked = await host.Write("POST", Acts, olga, Refill, ("Idempotency-Key", "a"));
        var again = await host.Write("POST", Acts, olga, Refill, ("Idempotency-Key", "a"));
        (await host.Write("POST", Acts, olga, """{"kind":"burn","amount":"1","reason":"r"}""", ("Idempotency-Key", "a")))
            .Problem(422, "idempotency-key-reused");
        var memo = await host.Write("POST", Acts, olga, """{"kind":"memo","text":"hello","reason":"r"}""", ("Idempotency-Key", "b"));
        host.Cluster.ChainActs.Refusal = SpendingRefusal.MintBeyondIssued;
        (await host.Write("POST", Acts, olga, """{"kind":"mint","amount":"1","reason":"r"}""", ("Idempotency-Key", "c")))
            .Problem(422, "mint-beyond-issued");
        host.Cluster.ChainActs.Refusal = SpendingRefusal.FloatFull;
        (await host.Write("POST", Acts, olga, Refill, ("Idempotency-Key", "d"))).Problem(422, "float-full");

        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        var id = asked.Json.GetProperty("id").GetGuid();
        Assert.Equal($"{Root}{Acts}/{id}", asked.Headers["Location"]);
        Assert.Equal(
            $$"""{"id":"{{id}}","kind":"refill","amount":"300","text":null,"state":"asked","week":null,"askedBy":"olga","askedAt":"2026-01-05T08:00:00+00:00","reason":"it is low","expiresAt":"2026-01-19T08:00:00+00:00","decidedBy":null,"decidedAt":null,"signature":null,"slot":null,"explorer":null,"to":null,"toSign":null}""",
            asked.Text);
        Assert.Equal((asked.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal("hello", memo.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Another_person_approves_or_rejects_and_what_is_to_be_signed_is_shown()
    {
        await using var host = await ApiHostUnderTest.Start();
        var (olga, oleg) = (host.Keys.Token("operator", "olga"), host.Keys.Token("operator", "oleg"));

        (await host.Write("POST", $"{Acts}/{Id}/approve", olga, """{"reason":"r"}""", ("Idempotency-Key", "a")))
            .Problem(403, "needs-second-approval");
        var approved = await host.Write("POST", $"{Acts}/{Id}/approve", oleg, """{"reason":"r"}""", ("Idempotency-Key", "b"));
        var rejected = await host.Write("POST", $"{Acts}/{Id}/reject", oleg, """{"reason":"r"}""", ("Idempotency-Key", "c"));
        (await host.Write(
                "POST", $"{Acts}/{FakeChainActs.Nobody}/approve", oleg, """{"reason":"r"}""", ("Idempotency-Key", "d")))
            .Problem(404, "unknown-act");
        var shown = await host.Get($"{Root}{Acts}/{Id}", host.Keys.Token("auditor"));
        (await host.Get($"{Root}{Acts}/{FakeChainActs.Nobody}", oleg)).Problem(404, "unknown-act");
        var listed = await host.Get($"{Root}{Acts}", oleg);
        (await host.Get($"{Root}{Acts}?cursor=bad", oleg)).Problem(400, "invalid-cursor");

        Assert.Equal(
            ("approved", "rejected"),
            (approved.Json.GetProperty("state").GetString(), rejected.Json.GetProperty("state").GetString()));
        Assert.Equal(
            """{"signer":"key","mint":"mint","mintAuthority":"authority","vault":"vault","float":"float","nonceAccount":"nonces","nonce":"hash","transaction":"AQI=","trouble":null}""",
            shown.Json.GetProperty("toSign").GetRawText());
        Assert.Equal("5awY", listed.Json.GetProperty("items")[0].GetProperty("signature").GetString());
    }

    [Fact]
    public async Task Signed_bytes_are_brought_once_and_what_is_not_the_acts_own_says_why()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");
        var path = $"{Acts}/{Id}/signed";

        var signed = await host.Write("PUT", path, olga, """{"transaction":"AQI="}""");
        var keyed = await host.Write("PUT", path, olga, """{"transaction":"AQI="}""", ("Idempotency-Key", "a"));
        var again = await host.Write("PUT", path, olga, """{"transaction":"AQI="}""", ("Idempotency-Key", "a"));
        host.Cluster.ChainActs.ComesTo = new SignedActReply.NotSignedFor("The nonce is another one by now.");
        var other = await host.Write("PUT", path, olga, """{"transaction":"AQI="}""");
        host.Cluster.ChainActs.ComesTo = new SignedActReply.NotAwaited("finalized");
        (await host.Write("PUT", path, olga, """{"transaction":"AQI="}""")).Problem(409, "act-not-possible");
        host.Cluster.ChainActs.ComesTo = new SignedActReply.ChainSilent();
        (await host.Write("PUT", path, olga, """{"transaction":"AQI="}""")).Problem(503, "unavailable");
        host.Cluster.ChainActs.ComesTo = new SignedActReply.Unknown();
        (await host.Write("PUT", path, olga, """{"transaction":"AQI="}""")).Problem(404, "unknown-act");
        host.Cluster.ChainActs.ComesTo = new SignedActReply.OperatorUnknown();
        (await host.Write("PUT", path, olga, """{"transaction":"AQI="}""")).Problem(403, "operator-unknown");

        Assert.Equal("signed", signed.Json.GetProperty("state").GetString());
        Assert.Equal((keyed.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        other.Problem(409, "act-not-signed-for");
        Assert.Equal("The nonce is another one by now.", other.Json.GetProperty("detail").GetString());
    }
}
