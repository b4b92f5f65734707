using System.Net;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Spending;

public sealed class SpendingVerbTests : IDisposable
{
    private const string Transferred =
        """{"id":"6f1d3c1e-0000-4000-8000-000000000001","sequence":9,"at":"2026-01-12T08:00:00+00:00","to":"bob","amount":"5","fee":"0","note":"lunch"}""";

    private const string Service =
        """{"id":"mentor_session_1h","version":4,"state":"admitted","name":"Сессия","description":"","price":"200","split":[{"role":"mentor","shareBp":8000},{"role":"treasury","shareBp":2000}],"term":{"sessions":1},"recipients":{},"provider":null,"changedAt":"2026-01-12T08:00:00Z"}""";

    private const string Purchased =
        """{"id":"6f1d3c1e-0000-4000-8000-000000000002","sequence":10,"at":"2026-01-12T08:00:00Z","buyer":"ann","service":"mentor_session_1h","version":4,"price":"200","parts":[{"role":"mentor","recipient":"dan","amount":"160"},{"role":"treasury","recipient":null,"amount":"40"}],"entitlement":{"id":"6f1d3c1e-0000-4000-8000-000000000002","service":"mentor_session_1h","from":"2026-01-12T08:00:00Z","until":null,"sessions":1,"used":0,"left":1,"isActive":true,"endedAt":null},"refundedAt":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_transfer_asks_and_a_yes_sends_it()
    {
        _api.On("POST transfer", Transferred, HttpStatusCode.Created);
        var (code, output, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run("transfer", "bob", "5", "--note", "lunch");

        Assert.Equal((0, "Transfer 5 STK to bob? [y/N] "), (code, error));
        Assert.Equal("""{"to":"bob","amount":"5","note":"lunch"}""", Assert.Single(_api.Requests).Body);
        Assert.Contains("transferred  5 STK\n", output, StringComparison.Ordinal);
    }

    [Theory, InlineData("n\n"), InlineData("\n"), InlineData(""), InlineData("yesterday\n")]
    public async Task Anything_but_a_yes_does_nothing(string typed)
    {
        var (code, _, error) = await new ProgramRun(_api) { Typed = typed }.Run("transfer", "bob", "5");
        Assert.Equal(1, code);
        Assert.EndsWith("Nothing was done.\n", error, StringComparison.Ordinal);
        Assert.Empty(_api.Requests);
    }

    [Theory]
    [InlineData("transfer", "bob", "5")]
    [InlineData("buy", "mentor_session_1h", "--recipient", "mentor=dan")]
    [InlineData("weeks", "close", "2026-W02")]
    [InlineData("treasury", "spend", "treasury", "bob", "5", "--kind", "grant", "--reason", "r")]
    [InlineData("treasury", "approve", "6f1d3c1e-0000-4000-8000-000000000001", "--reason", "r")]
    [InlineData("rules", "propose", "BOOK", "--from", "2026-W05")]
    public async Task Without_a_terminal_and_without_yes_a_dangerous_act_is_refused(params string[] arguments)
    {
        var book = Path.GetTempFileName();
        await File.WriteAllTextAsync(book, "{}");
        _api.On("GET services/mentor_session_1h", Service).On("GET admin/treasury/spends", """{"items":[],"next":null}""")
            .On("GET admin/rules", """{"versions":[{"version":1,"effectiveFrom":"2026-W02","announcedAt":"2026-01-05T00:00:00Z","by":"x","document":{}}]}""");

        var (code, _, error) = await new ProgramRun(_api)
            .Run([.. arguments.Select(argument => argument == "BOOK" ? book : argument)]);

        File.Delete(book);
        Assert.Equal(1, code);
        Assert.Contains("give --yes", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_api.Requests, request => !request.Call.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_shown_is_what_is_bought()
    {
        _api.On("GET services/mentor_session_1h", Service).On("POST services/mentor_session_1h/purchase", Purchased);

        var (code, output, error) = await new ProgramRun(_api) { Typed = "yes\n" }.Run(
            "buy", "mentor_session_1h", "--recipient", "mentor=dan");

        Assert.Equal((0, "Buy mentor_session_1h (Сессия) for 200 STK? [y/N] "), (code, error));
        Assert.Equal("""{"recipients":{"mentor":"dan"},"expectedPrice":"200"}""", _api.Requests[^1].Body);
        Assert.Contains("to mentor    160 STK, dan\n", output, StringComparison.Ordinal);
        Assert.Contains("to treasury  40 STK\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_that_is_not_the_expected_one_is_the_APIs_to_refuse()
    {
        _api.On("GET services/mentor_session_1h", Service)
            .Refuses("POST services/mentor_session_1h/purchase", HttpStatusCode.PreconditionFailed, "price-changed", "Another price.");
        var (code, _, error) = await new ProgramRun(_api).Run("buy", "mentor_session_1h", "--price", "150", "--yes");
        Assert.Equal((1, "price-changed: Another price.\n"), (code, error));
        Assert.Contains("\"expectedPrice\":\"150\"", _api.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_sent_again_keeps_its_key()
    {
        _api.Refuses("POST transfer", HttpStatusCode.ServiceUnavailable, "outcome-unknown", "Perhaps.")
            .On("POST transfer", () => throw new HttpRequestException("connection reset"))
            .On("POST transfer", Transferred, HttpStatusCode.Created);

        var (code, _, _) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");

        Assert.Equal(0, code);
        Assert.Equal(3, _api.Requests.Count);
        var key = Assert.Single(_api.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.True(Guid.TryParse(key, out _));
        Assert.Single(_api.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Two_runs_are_two_transfers_and_with_one_key_they_are_one()
    {
        _api.On("POST transfer", Transferred, HttpStatusCode.Created);
        await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes", "--key", "mine");
        var keys = _api.Requests.Select(request => request.Headers["Idempotency-Key"]).ToList();
        Assert.NotEqual(keys[0], keys[1]);
        Assert.Equal("mine", keys[2]);
    }

    [Fact]
    public async Task A_write_whose_outcome_stays_unknown_says_the_key_to_ask_again_with()
    {
        _api.Refuses("POST transfer", HttpStatusCode.ServiceUnavailable, "outcome-unknown", "Perhaps.");
        var (code, _, error) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        Assert.Equal(1, code);
        Assert.Contains($"--key {_api.Requests[0].Headers["Idempotency-Key"]} is done once.", error, StringComparison.Ordinal);
        Assert.Equal(6, _api.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_formatted_is_done_all_the_same()
    {
        _api.On("GET services/mentor_session_1h", Service).On(
            "POST services/mentor_session_1h/purchase",
            """{"id":"6f1d3c1e-0000-4000-8000-000000000002","sequence":10,"at":"2026-01-12T08:00:00Z","buyer":"ann","service":"mentor_session_1h","version":4,"price":"200","parts":[],"entitlement":null,"refundedAt":null}""");

        var (code, output, error) = await new ProgramRun(_api).Run("buy", "mentor_session_1h", "--yes", "--key", "mine");

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith(
            "Done: purchase 6f1d3c1e-0000-4000-8000-000000000002, with the key mine, but it cannot be shown: ", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_try_that_nobody_has_answered_is_not_settled_by_a_later_refusal_to_look()
    {
        _api.On("POST transfer", () => throw new HttpRequestException("connection reset"))
            .Refuses("POST transfer", HttpStatusCode.Unauthorized, "token-invalid", "Not accepted.");
        var (code, _, error) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        Assert.Equal(1, code);
        Assert.Equal(
            "token-invalid: Not accepted. Whether it was done is not known: the same command with --key "
            + $"{_api.Requests[0].Headers["Idempotency-Key"]} is done once.\n", error);
    }

    [Fact]
    public async Task A_service_that_was_busy_all_the_time_has_done_nothing()
    {
        _api.Refuses("POST transfer", HttpStatusCode.ServiceUnavailable, "busy", "Later.");
        var (code, _, error) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        Assert.Equal((1, "busy: Later.\n"), (code, error));
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        _api.Refuses("POST transfer", HttpStatusCode.UnprocessableEntity, "insufficient-funds", "Too little.");
        var (code, _, error) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");
        Assert.Equal((1, "insufficient-funds: Too little.\n"), (code, error));
        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task Entitlements_say_what_is_left()
    {
        _api.On("GET entitlements",
            """{"items":[{"id":"6f1d3c1e-0000-4000-8000-000000000002","service":"mentor_session_1h","from":"2026-01-12T08:00:00Z","until":null,"sessions":3,"used":1,"left":2,"isActive":true,"endedAt":null}]}""");
        var (_, output, _) = await new ProgramRun(_api).Run("entitlements");
        Assert.Matches(@"(?m)^mentor_session_1h +yes +2026-01-12 08:00:00 +2 of 3 ", output);
    }
}
