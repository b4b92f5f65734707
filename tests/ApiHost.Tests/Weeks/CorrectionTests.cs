using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Weeks;

public sealed class CorrectionTests
{
    [Fact]
    public async Task A_week_is_corrected_or_waits_and_each_refusal_has_its_name()
    {
        await using var host = await ApiHostUnderTest.Start();

        var done = await Correct(host, "2025-W51", """{"participant":"ann","amount":"-2.5","reason":"counted twice"}""");
        var waits = await Correct(host, "2025-W51", """{"participant":"ann","amount":"10000.5","reason":"lost"}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Accepted), (done.Status, waits.Status));
        var asked = host.Cluster.Corrections("2025-W51").Asked.First();
        Assert.Equal(
            ("ann", new Amount(-2_500_000), "counted twice", "olga"),
            (asked.Participant, asked.Amount, asked.Reason, asked.By));
        Assert.Equal(
            $$"""{"id":"{{asked.Key.Id}}","sequence":17,"at":"2025-12-22T08:00:00+00:00","week":"2025-W51","participant":"ann","amount":"-2.5","revision":2}""",
            done.Text);
        Assert.Equal("week.correct", waits.Json.GetProperty("kind").GetString());
        Assert.EndsWith($"/admin/approvals/{waits.Json.GetProperty("id")}", waits.Headers["Location"], StringComparison.Ordinal);
        (await Correct(host, "2025-W51", """{"participant":"bob","amount":"1","reason":"r"}"""))
            .Problem(404, "unknown-participant");
        (await Correct(host, "2025-W51", """{"participant":"ann","amount":"-6","reason":"r"}"""))
            .Problem(422, "insufficient-funds");
        (await Correct(host, "2026-W51", """{"participant":"ann","amount":"1","reason":"r"}"""))
            .Problem(409, "week-not-settled");
    }

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("\"-0\"")]
    [InlineData("\"1.0000001\"")]
    [InlineData("\"9000000000.1\"")]
    [InlineData("\"-9223372036854.775808\"")]
    [InlineData("5")]
    public async Task An_amount_that_is_none_is_refused(string amount)
    {
        await using var host = await ApiHostUnderTest.Start();

        Assert.Equal(
            ["amount"],
            (await Correct(host, "2025-W51", $$"""{"participant":"ann","amount":{{amount}},"reason":"r"}"""))
                .Problem(400, "invalid-request"));
    }

    private static Task<Answer> Correct(ApiHostUnderTest host, string week, string body) => host.Write(
        "POST", $"/admin/weeks/{week}/corrections", host.Keys.Token("operator", "olga"), body,
        ("Idempotency-Key", Guid.NewGuid().ToString()));
}
