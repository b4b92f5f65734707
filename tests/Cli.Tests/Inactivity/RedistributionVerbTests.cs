using System.Net;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Inactivity;

public sealed class RedistributionVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Appeal =
        $$"""{"id":"{{Id}}","participant":"ann","quarter":"2026-Q1","text":"I was ill","sum":"61.728394","at":"2026-01-06T08:00:00Z","state":"open","decidedAt":null,"decidedBy":null,"reason":null,"transaction":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_participant_sees_what_is_coming_and_what_comes_back()
    {
        _api.On(
            "GET redistribution",
            """{"coming":{"quarter":"2026-Q2","firstDay":"2026-04-01","runsAt":"2026-04-06T07:00:00Z","lastActive":"2025-10-03","days":180,"rateBp":1000,"sum":"9.5","outcome":"charged","preventedBy":"any activity that counts","warnedAt":[],"appeal":null},"taken":[{"quarter":"2026-Q1","at":"2026-01-05T07:00:00Z","amount":"5","transaction":"6f1d3c1e-0000-4000-8000-000000000001","appealUntil":"2026-02-04","appeal":null,"returned":null,"restoration":{"sum":"5","first":"2026-W05","last":"2026-W27","weeks":4,"weeksNow":1,"earned":null}}]}""");
        var (code, output, _) = await new ProgramRun(_api).Run("redistribution", "show");

        Assert.Equal(0, code);
        Assert.Contains("10%, 9.5 STK now", output, StringComparison.Ordinal);
        Assert.Contains("5 STK after 4 weeks in a row, by 2026-W27: 1 now", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarter_is_shown_by_rate_and_outcome_and_printed_as_it_came()
    {
        _api.On(
            "GET admin/quarters/2026-Q1/redistribution",
            """{"quarter":"2026-Q1","firstDay":"2026-01-01","runsAt":"2026-01-05T07:00:00Z","state":"done","rules":1,"people":2,"amount":"5","byRate":[{"rateBp":500,"people":2,"amount":"5"}],"byOutcome":[{"outcome":"charged","people":1,"amount":"5"},{"outcome":"on_leave","people":1,"amount":"0"}]}""")
            .On("GET admin/quarters/2026-Q1/restorations.csv", () => FakeApi.Answer(HttpStatusCode.OK, "text/csv", "week,user_id,amount\r\n"));
        var (code, output, _) = await new ProgramRun(_api).Run("redistribution", "status", "2026-Q1", "--preview");

        Assert.Equal(0, code);
        Assert.StartsWith("?preview=true", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.Matches("(?m)^at 5% +2: 5 STK$", output);
        Assert.Matches("(?m)^on_leave +1: 0 STK$", output);
        var (_, printed, _) = await new ProgramRun(_api).Run("redistribution", "restorations", "2026-Q1");
        Assert.Equal("week,user_id,amount\n", printed);
        Assert.Equal(2, (await new ProgramRun(_api).Run("redistribution", "status", "2026-Q5")).Code);
    }

    [Fact]
    public async Task An_appeal_is_sent_and_decided()
    {
        _api.On("POST redistribution/2026-Q1/appeal", $$"""{"id":"{{Id}}","quarter":"2026-Q1","sum":"5","at":"2026-01-06T08:00:00Z"}""", HttpStatusCode.Created)
            .On("GET admin/appeals", $$"""{"items":[{{Appeal}}],"next":null}""")
            .On($"POST admin/appeals/{Id}/decision", Appeal.Replace("open", "accepted", StringComparison.Ordinal));
        Assert.Equal(0, (await new ProgramRun(_api).Run("redistribution", "appeal", "2026-Q1", "I was ill")).Code);
        Assert.Equal("""{"text":"I was ill"}""", _api.Requests[0].Body);
        var (_, output, _) = await new ProgramRun(_api).Run("redistribution", "appeals", "--state", "open");
        Assert.Contains("I was ill", output, StringComparison.Ordinal);
        var (code, decided, _) = await new ProgramRun(_api).Run(
            "redistribution", "decide", Id, "accept", "--reason", "seen", "--yes");
        Assert.Equal(0, code);
        Assert.Contains("accepted", decided, StringComparison.Ordinal);
        Assert.Equal("""{"accepted":true,"reason":"seen"}""", _api.Requests[^1].Body);
    }

    [Fact]
    public async Task An_acceptance_that_takes_two_says_that_it_waits()
    {
        _api.On(
            $"POST admin/appeals/{Id}/decision",
            $$"""{"id":"{{Id}}","kind":"appeal.accept","state":"waiting","askedBy":"olga","askedAt":"2026-01-12T08:00:00Z","reason":"seen","act":{"sum":"6000"},"expiresAt":"2026-01-26T08:00:00Z","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""",
            HttpStatusCode.Accepted);
        var (code, output, _) = await new ProgramRun(_api).Run(
            "redistribution", "decide", Id, "accept", "--reason", "seen", "--yes");
        Assert.Equal(0, code);
        Assert.Contains("waiting", output, StringComparison.Ordinal);
    }
}
