using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Settling;

/// <summary>Settlement as operators see and steer it, over REST.</summary>
public sealed class SettlingTests
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Word = """{"outcome":"expired","reason":"no explorer shows it"}""";
    private static readonly Guid Id = new("0190c2f0-0000-7000-8000-000000000001");

    [Fact]
    public async Task It_is_shown_whole_and_held_and_let_go_on_once_a_key()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");

        var first = await host.Write("POST", "/admin/settlement/pause", olga, """{"reason":"nodes"}""", ("Idempotency-Key", "a"));
        var again = await host.Write("POST", "/admin/settlement/pause", olga, """{"reason":"nodes"}""", ("Idempotency-Key", "a"));
        var shown = await host.Get($"{Root}/admin/settlement", host.Keys.Token("auditor"));
        var resumed = await host.Write("POST", "/admin/settlement/resume", olga, """{"reason":"moved"}""", ("Idempotency-Key", "b"));
        (await host.Write(
                "POST", "/admin/settlement/pause", host.Keys.Token("operator", FakeOperators.GoneInTheSilo),
                """{"reason":"nodes"}""", ("Idempotency-Key", "c")))
            .Problem(403, "operator-unknown");
        (await host.Write("POST", "/admin/settlement/pause", olga, """{"reason":"nodes"}"""))
            .Problem(400, "idempotency-key-missing");

        Assert.Equal(
            """{"pause":{"because":"operator","since":"2026-01-05T08:00:00+00:00","by":"olga","details":"nodes"}}""", first.Text);
        Assert.Equal((first.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(
            """{"on":true,"pause":{"because":"operator","since":"2026-01-05T08:00:00+00:00","by":"olga","details":"nodes"},"waitsFor":"day-cap","payouts":[{"state":"waiting","count":2,"amount":"3"}],"batches":[{"state":"uncertain","count":1,"amount":"1"}],"setAside":1,"float":"500","lamports":1000,"caps":{"floatMax":null,"dailyCap":"50","payoutMax":null,"lamportsFloor":10},"nodes":[{"name":"alpha","slot":7,"height":5,"trouble":null},{"name":"beta","slot":null,"height":null,"trouble":"It did not answer in time."}],"refusals":[{"batch":"00000000-0000-0000-0000-000000000000","rule":"daily-cap","why":"more would leave","payout":null,"times":3,"lastAt":"2026-01-05T08:00:00+00:00"}],"refill":null}""",
            shown.Text);
        Assert.Equal("""{"pause":null}""", resumed.Text);
    }

    [Fact]
    public async Task A_resume_that_takes_two_waits_at_the_desk()
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Settlement.TakesTwo = true;

        var answer = await host.Write(
            "POST", "/admin/settlement/resume", host.Keys.Token("operator", "olga"), """{"reason":"found"}""",
            ("Idempotency-Key", "a"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("settlement.resume", answer.Json.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Batches_are_listed_and_one_is_shown_with_bytes_and_evidence()
    {
        await using var host = await ApiHostUnderTest.Start();
        var auditor = host.Keys.Token("auditor");

        var page = await host.Get($"{Root}/admin/settlement/batches?state=uncertain", auditor);
        var batch = (await host.Get($"{Root}/admin/settlement/batches/{Id}", auditor)).Json;

        Assert.Equal("uncertain", page.Json.GetProperty("items")[0].GetProperty("state").GetString());
        (await host.Get($"{Root}/admin/settlement/batches?cursor=bad", auditor)).Problem(400, "invalid-cursor");
        Assert.Equal(
            ["state"], (await host.Get($"{Root}/admin/settlement/batches?state=lost", auditor)).Problem(400, "invalid-request"));
        Assert.Equal(
            ("AQI=", "Nothing is proved."),
            (batch.GetProperty("attempts")[0].GetProperty("bytes").GetString(),
                batch.GetProperty("attempts")[0].GetProperty("evidence").GetProperty("conclusion").GetString()));
        Assert.Equal("contradicted", batch.GetProperty("decisions")[0].GetProperty("reply").GetString());
        (await host.Get($"{Root}/admin/settlement/batches/{FakeSettlementDesk.Nobody}", auditor)).Problem(404, "unknown-batch");
    }

    [Fact]
    public async Task A_word_waits_for_another_person_and_is_refused_where_a_node_shows_otherwise()
    {
        await using var host = await ApiHostUnderTest.Start();
        var olga = host.Keys.Token("operator", "olga");
        var path = $"/admin/settlement/batches/{Id}/resolve";

        var waiting = await host.Write("POST", path, olga, Word, ("Idempotency-Key", "a"));
        (await host.Write("POST", $"/admin/settlement/batches/{FakeSettlementDesk.Nobody}/resolve", olga, Word,
            ("Idempotency-Key", "b")))
            .Problem(404, "unknown-batch");
        host.Cluster.Settlement.Refusal = SpendingRefusal.EvidenceContradicts;
        (await host.Write("POST", path, olga, """{"outcome":"landed","signature":"5awY","reason":"seen"}""", ("Idempotency-Key", "c")))
            .Problem(409, "evidence-contradicts");

        Assert.Equal(HttpStatusCode.Accepted, waiting.Status);
        Assert.Equal([null, "5awY"], host.Cluster.Settlement.Words.Select(word => word.Signature));
    }
}
