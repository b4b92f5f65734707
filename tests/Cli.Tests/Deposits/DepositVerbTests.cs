using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Deposits;

public sealed class DepositVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private readonly FakeApi _api = new();

    private static string Approval(string state) =>
        $$"""{"id":"{{Id}}","kind":"settlement.return","state":"{{state}}","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"r","act":{},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""";

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_has_come_back_is_listed()
    {
        _api.On(
            "GET wallet/deposits",
            $$"""{"items":[{"id":"{{Id}}","amount":"5","from":"abc","memo":"stk-17","signature":"5awY","slot":7,"explorer":null,"at":"2026-01-05T08:00:00Z"}],"next":null}""");

        var (code, output, _) = await new ProgramRun(_api).Run("wallet", "deposits", "--participant", "ann");

        Assert.Equal(0, code);
        Assert.Contains("participant=ann", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.Matches("(?m)^ *5 +abc +stk-17 +2026-01-05 08:00:00 +5awY *$", output);
    }

    [Fact]
    public async Task What_is_in_suspense_is_assigned_or_sent_back_after_a_question()
    {
        _api.On($"POST admin/settlement/deposits/{Id}/assign", Approval("waiting"))
            .On($"POST admin/settlement/deposits/{Id}/return", Approval("approved"));

        var assigned = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "settlement", "assign", Id, "ann", "--reason", "she has shown it");
        var returned = await new ProgramRun(_api) { Typed = "y\n" }.Run("settlement", "return", Id, "--reason", "not ours");

        Assert.Equal((0, $"Credit deposit {Id} to ann? [y/N] "), (assigned.Code, assigned.Error));
        Assert.Equal((0, $"Send deposit {Id} back to whom it came from? [y/N] "), (returned.Code, returned.Error));
        Assert.Equal(
            ["""{"to":"ann","reason":"she has shown it"}""", """{"reason":"not ours"}"""],
            _api.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Operators_list_what_is_in_suspense()
    {
        _api.On(
            "GET admin/settlement/deposits",
            $$"""{"items":[{"id":"{{Id}}","amount":"5","state":"suspense","from":"abc","memo":null,"to":null,"signature":"5awY","slot":7,"at":"2026-01-05T08:00:00Z","returnedBy":null}],"next":null}""");

        var (code, output, _) = await new ProgramRun(_api).Run("settlement", "deposits", "--state", "suspense");

        Assert.Equal(0, code);
        Assert.Contains("state=suspense", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.Matches($"(?m)^{Id} +suspense +5 +- +abc", output);
    }
}
