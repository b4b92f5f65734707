using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Settling;

public sealed class SettlementVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Batch =
        $$"""{"id":"{{Id}}","kind":"payouts","state":"uncertain","closed":false,"payouts":2,"amount":"30","attempts":1,"at":"2026-01-05T08:00:00Z","changedAt":"2026-01-05T08:00:00Z","signature":"5awY","slot":null}""";

    private const string Details =
        $$"""{"batch":{{Batch}},"payouts":[],"attempts":[{"number":1,"signature":"5awY","bytes":"AQ==","lifetime":"4uQe","lastValidHeight":150,"signedSlot":9,"node":"alpha","signedAt":"2026-01-05T08:00:00Z","sentAt":null,"sendAnswer":null,"outcome":null,"evidence":null}],"refusals":[],"decisions":[]}""";

    private const string Approval =
        $$"""{"id":"{{Id}}","kind":"settlement.resolve","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"r","act":{"signature":null},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Its_status_says_what_holds_payouts_and_how_the_nodes_are()
    {
        _api.On(
            "GET admin/settlement",
            """{"on":true,"pause":{"because":"operator","since":"2026-01-05T08:00:00Z","by":"olga","details":"nodes"},"waitsFor":"float","payouts":[{"state":"waiting","count":2,"amount":"3"}],"batches":[],"setAside":1,"float":"500","lamports":1000,"caps":{"floatMax":null,"dailyCap":"50","payoutMax":null,"lamportsFloor":10},"nodes":[{"name":"beta","slot":null,"height":null,"trouble":"It did not answer in time."}],"refusals":[]}""");

        var (code, output, _) = await new ProgramRun(_api).Run("settlement", "status");

        Assert.Equal(0, code);
        Assert.Matches("(?m)^payouts +held since .* because of operator: nodes", output);
        Assert.Matches("(?m)^payouts waiting +2, 3 STK", output);
        Assert.Matches("(?m)^node beta +It did not answer in time", output);
    }

    [Fact]
    public async Task Payouts_are_held_and_let_go_on_after_a_question()
    {
        _api.On("POST admin/settlement/pause", """{"pause":{"because":"operator","since":"2026-01-05T08:00:00Z","by":"olga","details":"nodes"}}""")
            .On("POST admin/settlement/resume", """{"pause":null}""");

        var paused = await new ProgramRun(_api).Run("settlement", "pause", "--reason", "nodes");
        var resumed = await new ProgramRun(_api) { Typed = "y\n" }.Run("settlement", "resume", "--reason", "moved");

        Assert.Equal(0, paused.Code);
        Assert.Equal("""{"reason":"nodes"}""", _api.Requests[0].Body);
        Assert.Equal((0, "Let payouts go on? [y/N] "), (resumed.Code, resumed.Error));
    }

    [Fact]
    public async Task Batches_are_listed_shown_and_resolved_after_a_question()
    {
        _api.On("GET admin/settlement/batches", $$"""{"items":[{{Batch}}],"next":null}""")
            .On($"GET admin/settlement/batches/{Id}", Details)
            .On($"POST admin/settlement/batches/{Id}/resolve", Approval);

        var listed = await new ProgramRun(_api).Run("settlement", "batches", "--state", "uncertain");
        var shown = await new ProgramRun(_api).Run("settlement", "show", Id);
        var resolved = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "settlement", "resolve", Id, "landed", "--signature", "5awY", "--reason", "seen");

        Assert.Matches($"(?m)^{Id} +uncertain +2 +30 +1 ", listed.Output);
        Assert.Matches("(?m)^attempt 1 +open, 5awY, last valid height 150", shown.Output);
        Assert.Equal(0, resolved.Code);
        Assert.Equal("""{"outcome":"landed","signature":"5awY","reason":"seen"}""", _api.Requests[^1].Body);
    }
}
