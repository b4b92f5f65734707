using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Weeks;

public sealed class CorrectTests : IDisposable
{
    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("100")]
    [InlineData("-2.5")]
    public async Task A_week_is_corrected_by_more_or_by_less(string amount)
    {
        _api.On(
            "POST admin/weeks/2025-W51/corrections",
            $$"""{"id":"6f1d3c1e-0000-4000-8000-000000000001","sequence":9,"at":"2026-01-12T08:00:00Z","week":"2025-W51","participant":"bob","amount":"{{amount}}","revision":2}""");
        var (code, output, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "weeks", "correct", "2025-W51", "bob", amount, "--reason", "seen");
        Assert.Equal((0, $"Correct what 2025-W51 gave bob by {amount} STK? [y/N] "), (code, error));
        Assert.Equal($$"""{"participant":"bob","amount":"{{amount}}","reason":"seen"}""", _api.Requests[0].Body);
        Assert.Contains("2", output, StringComparison.Ordinal);
    }
}
