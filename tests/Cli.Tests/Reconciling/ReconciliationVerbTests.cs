using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Reconciling;

public sealed class ReconciliationVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Reserves =
        """{"slot":7,"sequence":9,"supply":"493","vault":"4","float":"400","inFlight":"0","outside":"89","suspense":"4","issued":"600","minted":"500","burned":"0","burnDue":"0","burnedByHolders":"7","matches":true,"at":"2026-01-05T08:00:00Z"}""";

    private const string Difference =
        $$"""{"items":[{"id":"{{Id}}","kind":"left","amount":"3","account":"abc","signature":"5awY","details":"It went to def.","foundAt":"2026-01-05T08:00:00Z"}],"next":null}""";

    private const string Approval =
        $$"""{"id":"{{Id}}","kind":"settlement.cover","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"r","act":{},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Reserves_are_shown_and_a_reconciliation_is_asked_for_and_listed()
    {
        _api.On("GET stats/reserves", Reserves)
            .On("POST admin/settlement/reconcile", """{"asked":true}""")
            .On(
                "GET admin/settlement/reconciliations",
                $$"""{"items":[{"number":3,"cause":"asked","askedBy":"olga","askedAt":"2026-01-05T08:00:00Z","reserves":{{Reserves}},"details":[]}],"next":null}""");

        var shown = await new ProgramRun(_api).Run("settlement", "reserves");
        var asked = await new ProgramRun(_api).Run("settlement", "reconcile", "--reason", "a look");
        var listed = await new ProgramRun(_api).Run("settlement", "reconciliations");

        Assert.Matches("(?m)^matches +yes", shown.Output);
        Assert.Matches("(?m)^float +400 STK", shown.Output);
        Assert.Equal((0, """{"reason":"a look"}"""), (asked.Code, _api.Requests[1].Body));
        Assert.Matches("(?m)^ *3 +asked +2026-01-05 08:00:00 +7 +yes", listed.Output);
    }

    [Fact]
    public async Task What_differs_is_listed_and_covered_after_a_question_that_names_the_sum()
    {
        _api.On("GET admin/settlement/differences", Difference)
            .On($"POST admin/settlement/differences/{Id}/cover", Approval);

        var listed = await new ProgramRun(_api).Run("settlement", "differences");
        var covered = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "settlement", "cover", Id, "--reason", "the key was stolen");

        Assert.Matches($"(?m)^{Id} +left +3 +2026-01-05 08:00:00 +5awY +It went to def", listed.Output);
        Assert.Equal((0, "Cover 3 STK from fund:treasury? [y/N] "), (covered.Code, covered.Error));
        Assert.Equal("""{"reason":"the key was stolen"}""", _api.Requests[^1].Body);
    }
}
