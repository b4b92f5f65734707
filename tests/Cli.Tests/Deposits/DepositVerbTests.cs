using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Deposits;

public sealed class DepositVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private readonly FakeApi _api = new();

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
