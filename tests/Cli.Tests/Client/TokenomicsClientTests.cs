using System.Net;
using Stk.Cli.Tests.Api;
using Stk.Client.Clocks;
using Stk.Client;
using Stk.Client.Connections;
using Stk.Client.Problems;
using Stk.Client.Services;
using Stk.Client.Spending;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Cli.Tests.Client;

public sealed class TokenomicsClientTests : IDisposable
{
    private const string Balance = """{"available":"1","frozen":"0","settling":"0","total":"1","sequence":41}""";

    private readonly FakeApi _api = new();
    private readonly TokenomicsClient _client;

    public TokenomicsClientTests() =>
        _client = new(new("http://127.0.0.1:1"), "ey", new() { Transport = _api, FirstPause = TimeSpan.FromMilliseconds(1) });

    public void Dispose()
    {
        _client.Dispose();
        _api.Dispose();
    }

    [Fact]
    public async Task A_read_asks_for_nothing_older_than_what_was_seen()
    {
        _api.On("POST transfer", """{"id":"6f1d3c1e-0000-4000-8000-000000000001","sequence":43,"at":"2026-01-12T08:00:00Z","to":"b","amount":"5","fee":"0","note":null}""")
            .On("GET balance", Balance);
        await _client.Balances.Get();
        await _client.Balances.Get();
        await _client.Spending.Transfer("b", Amount.OfStk(5));
        await _client.Balances.Get();
        await _client.Balances.Get();
        Assert.Equal(
            [null, "41", "43", "43"],
            _api.Requests.Where(request => request.Call == "GET balance").Select(request => request.Headers.GetValueOrDefault("Stk-Sequence")));
    }

    [Fact]
    public async Task The_version_that_was_read_goes_into_If_Match_and_not_into_the_body()
    {
        _api.Refuses("POST services/course_basic/purchase", HttpStatusCode.PreconditionFailed, "price-changed", "Other.");
        var refusal = await Assert.ThrowsAsync<ApiProblemException>(
            () => _client.Spending.Buy("course_basic", new PurchaseOrder(ExpectedVersion: 3)));
        Assert.Equal(("price-changed", 412), (refusal.Slug, refusal.Status));
        Assert.Equal(("\"3\"", "{}"), (_api.Requests[0].Headers["If-Match"], _api.Requests[0].Body));
    }

    [Fact]
    public async Task A_refund_is_done_or_waits_for_a_second_operator()
    {
        var id = Guid.Parse("0192c1c5-7d3e-7a11-8c2e-3f4d5a6b7c8d");
        _api.On($"POST admin/purchases/{id}/refund", $$"""
            {"id":"{{id}}","sequence":44,"at":"2026-01-05T08:00:00Z","purchase":"{{id}}","amount":"200"}
            """);
        var done = Assert.IsType<RefundAnswer.Done>(await _client.Spending.Refund(id, "does not work"));
        Assert.Equal((44, Amount.OfStk(200)), (done.Refund.Sequence, done.Refund.Amount));

        var other = Guid.Parse("0192c1c5-7d3e-7a11-8c2e-3f4d5a6b7c8e");
        _api.On($"POST admin/purchases/{other}/refund", $$"""
            {"id":"{{id}}","kind":"purchase.refund","state":"waiting","askedBy":"olga","askedAt":"2026-01-05T08:00:00Z",
             "reason":"does not work","act":{"purchase":"{{id}}"},"expiresAt":"2026-01-19T08:00:00Z"}
            """);
        var waiting = Assert.IsType<RefundAnswer.Waiting>(await _client.Spending.Refund(other, "does not work"));
        Assert.Equal(("purchase.refund", "waiting"), (waiting.Approval.Kind, waiting.Approval.State));
    }

    [Fact]
    public async Task A_draft_is_sent_without_what_is_not_said()
    {
        _api.Refuses("PUT services/my_hour", HttpStatusCode.UnprocessableEntity, "x", "Other.");
        await Assert.ThrowsAsync<ApiProblemException>(() => _client.Services.Propose(
            "my_hour", new ServiceDraft("Час", Amount.OfStk(50), [new("author", 10_000)], Term: new(Sessions: 1))));
        Assert.Equal(
            """{"name":"Час","price":"50","split":[{"role":"author","shareBp":10000}],"term":{"sessions":1}}""",
            _api.Requests[0].Body);
    }

    [Fact]
    public async Task What_a_path_may_not_hold_is_escaped()
    {
        _api.On("GET services/..%2F%3F", "null");
        await Assert.ThrowsAsync<ApiAnswerException>(() => _client.Services.Get("../?"));
        Assert.Equal("GET services/..%2F%3F", _api.Requests[0].Call);
    }

    [Fact]
    public async Task Nobody_is_made_to_wait_longer_than_half_a_minute_by_a_Retry_After()
    {
        _api.On("GET balance", () =>
        {
            var answer = FakeApi.Answer(HttpStatusCode.TooManyRequests, "text/plain", "");
            answer.Headers.RetryAfter = new(TimeSpan.FromHours(1));
            return answer;
        });
        await Assert.ThrowsAsync<ApiAnswerException>(() => _client.Balances.Get());
        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unreachable_and_a_read_has_no_outcome()
    {
        _api.On("GET balance", () => throw new HttpRequestException("refused"));
        var exception = await Assert.ThrowsAsync<ApiUnreachableException>(() => _client.Balances.Get());
        Assert.False(exception.IsOutcomeUnknown);
        Assert.Equal(1 + new ClientSettings().Retries, _api.Requests.Count);
    }

    [Fact]
    public async Task A_write_that_no_host_was_there_for_was_not_done()
    {
        using var nobody = new Nobody();
        using var client = new TokenomicsClient(
            new("http://127.0.0.1:1"), "ey", new() { Transport = nobody, FirstPause = TimeSpan.FromMilliseconds(1), Retries = 1 });
        var exception = await Assert.ThrowsAsync<ApiUnreachableException>(
            () => client.Spending.Transfer("b", Amount.OfStk(5)));
        Assert.False(exception.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Given_up_before_a_host_is_there_it_was_not_done_either()
    {
        using var nobody = new Nobody();
        using var client = new TokenomicsClient(
            new("http://127.0.0.1:1"), "ey",
            new() { Transport = nobody, FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) });
        using var given = new CancellationTokenSource();
        nobody.Asked = given.Cancel;
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.Spending.Transfer("b", Amount.OfStk(5), cancellation: given.Token));
        Assert.IsNotType<WriteInterruptedException>(exception);
    }

    [Fact]
    public async Task A_write_given_up_after_it_was_sent_says_its_key()
    {
        using var given = new CancellationTokenSource();
        _api.On("POST transfer", () =>
        {
            given.Cancel();
            throw new OperationCanceledException(given.Token);
        });
        var exception = await Assert.ThrowsAsync<WriteInterruptedException>(
            () => _client.Spending.Transfer("b", Amount.OfStk(5), cancellation: given.Token));
        Assert.Equal(_api.Requests[0].Headers["Idempotency-Key"], exception.IdempotencyKey);
    }

    [Fact]
    public async Task What_a_restored_service_has_never_given_out_is_forgotten_and_said_once()
    {
        _api.On("GET balance", Balance).Refuses("GET balance", HttpStatusCode.PreconditionFailed, "sequence-unknown", "Not here.")
            .On("GET balance", Balance.Replace("41", "12", StringComparison.Ordinal));
        await _client.Balances.Get();
        await Assert.ThrowsAsync<ApiProblemException>(() => _client.Balances.Get());
        await _client.Balances.Get();
        await _client.Balances.Get();
        Assert.Equal(
            [null, "41", null, "12"], _api.Requests.Select(request => request.Headers.GetValueOrDefault("Stk-Sequence")));
    }

    [Fact]
    public async Task A_stream_whose_service_was_set_back_goes_on_with_what_is_now()
    {
        _api.On("GET balance/stream", () => Event(120, "9")).On("GET balance/stream", () => Event(100, "5"));
        var shown = new List<Amount>();
        await foreach (var balance in _client.Balances.Follow())
        {
            shown.Add(balance.Available);
            if (shown.Count == 2)
            {
                break;
            }
        }

        Assert.Equal([Amount.OfStk(9), Amount.OfStk(5)], shown);
        Assert.Equal([null, "120"], _api.Requests.Select(request => request.Headers.GetValueOrDefault("Last-Event-ID")));

        static HttpResponseMessage Event(int id, string stk) => FakeApi.Answer(
            HttpStatusCode.OK, "text/event-stream",
            $$"""event: balance{{'\n'}}id: {{id}}{{'\n'}}data: {"available":"{{stk}}","frozen":"0","settling":"0","total":"{{stk}}","sequence":{{id}}}{{"\n\n"}}""");
    }

    [Fact]
    public async Task A_clock_that_is_later_already_is_not_moved_back()
    {
        _api.On("GET admin/clock", """{"now":"2026-01-12T08:00:00Z","reached":"2026-01-12T08:00:00Z"}""")
            .Refuses("POST admin/clock", HttpStatusCode.Conflict, "clock-backwards", "Later.");
        Assert.False(await _client.Clock.Move(new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Who_waits_for_a_clock_that_somebody_stops_is_told_where_it_stays()
    {
        var asked = 0;
        _api.On("GET admin/clock", () => FakeApi.Answer(HttpStatusCode.OK, "application/json", asked++ == 0
                ? """{"now":"2026-01-05T00:00:00Z","reached":"2026-01-05T00:00:00Z"}"""
                : """{"now":"2026-02-01T00:00:00Z","reached":"2026-02-01T00:00:00Z"}"""))
            .On("POST admin/clock", """{"now":"2998-01-12T08:00:00Z","reached":"2026-01-05T00:00:00Z"}""", HttpStatusCode.Accepted);

        var stopped = await Assert.ThrowsAsync<ClockStoppedException>(
            () => _client.Clock.Move(new(2998, 1, 12, 8, 0, 0, TimeSpan.Zero)));

        Assert.Equal(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), stopped.At);
        Assert.Contains("\"force\":true", _api.Requests[1].Body, StringComparison.Ordinal);
    }

    /// <summary>A host that is not there: nothing of a request is read.</summary>
    private sealed class Nobody : HttpMessageHandler
    {
        public Action Asked { get; set; } = () => { };

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked();
            throw new HttpRequestException("refused");
        }
    }
}
