using System.Text;
using Stk.Channels.Pulls;
using Stk.Rules.Deliveries;
using Stk.Rules.Pulls;
using Stk.Testing;
using Stk.Testing.Channels;

namespace Stk.Channels.Tests.Pulls;

/// <summary>Whatever a system answers, something is said of it, and nothing is read that must not be.</summary>
public sealed class PullClientTests : IDisposable
{
    private readonly PullClient _client = new(TimeProvider.System);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_question_is_sent_with_its_headers_and_its_answer_read_whole()
    {
        await using var sink = new HttpSink { Answers = _ => SinkAnswer.Json("""{"a":1}""") };

        var got = Assert.IsType<PullAnswer.Got>(await Ask(sink, "{}"));

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(got.Body));
        var request = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/page?x=1", "{}", "Bearer key", "application/json"), (
            request.Method, request.Path, request.Text, request.Headers["authorization"], request.Headers["accept"]));
        Assert.DoesNotContain(request.Headers.Keys, name => name is "traceparent" or "cookie" or "accept-encoding");
    }

    [Theory]
    [InlineData(500, "http-500")]
    [InlineData(401, "http-401")]
    [InlineData(302, "http-302")]
    [InlineData(204, "http-204")]
    public async Task What_is_no_answer_says_its_status_and_no_redirect_is_followed(int status, string reason)
    {
        await using var sink = new HttpSink
        {
            Answers = request => request.Path == "/elsewhere"
                ? SinkAnswer.Json("{}")
                : new(status, Headers: ["Location: /elsewhere"]),
        };

        Assert.Equal(new PullAnswer.Failed(reason), await Ask(sink));
        Assert.Single(sink.Requests);
    }

    [Fact]
    public async Task Who_is_busy_says_for_how_long()
    {
        await using var sink = new HttpSink { Answers = _ => new(429, Headers: ["Retry-After: 7"]) };

        Assert.Equal(new PullAnswer.Failed("http-429", TimeSpan.FromSeconds(7)), await Ask(sink));
    }

    [Fact]
    public async Task What_is_not_there_is_missing()
    {
        await using var sink = new HttpSink { Answers = _ => SinkAnswer.Json("{}", 404) };

        Assert.IsType<PullAnswer.Missing>(await Ask(sink));
    }

    [Fact]
    public async Task A_page_to_sign_in_on_is_no_answer()
    {
        await using var sink = new HttpSink
        {
            Answers = _ => new(Headers: ["Content-Type: text/html; charset=utf-8"]) { Body = "<html>"u8.ToArray() },
        };

        Assert.Equal(new PullAnswer.Failed(PullReasons.NotJson), await Ask(sink));
    }

    [Fact]
    public async Task Half_an_answer_is_none()
    {
        await using var sink = new HttpSink { Answers = _ => SinkAnswer.Json("""{"a":1}""") with { CutAt = 3 } };

        Assert.Equal(
            DeliveryReasons.NoConnection, Assert.IsType<PullAnswer.Failed>(await Ask(sink)).Reason);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read()
    {
        await using var sink = new HttpSink { Answers = _ => new(BodyBytes: PullClient.LengthMax + 1) };

        Assert.Equal(new PullAnswer.Failed(PullReasons.TooLong), await Ask(sink));
    }

    [Fact]
    public async Task Silence_ends_by_its_time_and_an_ended_connection_says_so()
    {
        await using var silent = new HttpSink { Answers = _ => new(Hangs: true) };
        await using var rude = new HttpSink { Answers = _ => new(Resets: true) };

        Assert.Equal(
            new PullAnswer.Failed(DeliveryReasons.Timeout), await Ask(silent, longest: TimeSpan.FromMilliseconds(200)));
        Assert.Equal(new PullAnswer.Failed(DeliveryReasons.NoConnection), await Ask(rude));
    }

    private Task<PullAnswer> Ask(HttpSink sink, string? body = null, TimeSpan? longest = null) => _client.Ask(
        new(
            new Uri($"http://127.0.0.1:{sink.Port}/page?x=1"), [new("Authorization", "Bearer key")],
            body is null ? null : Encoding.UTF8.GetBytes(body)),
        longest ?? HangLimit.Step, CancellationToken.None);
}
