using System.Net;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Treasury;

public sealed class OperatorVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private const string Waiting =
        $$"""{"id":"{{Id}}","state":"waiting","fund":"treasury","to":"ann","amount":"15000","kind":"contract","reason":"a course","vestsDays":0,"askedAt":"2026-01-12T08:00:00Z","askedBy":"olga","decidedAt":null,"decidedBy":null,"transaction":null}""";

    private const string Week =
        """{"week":"2026-W02","done":"settle","doing":null,"shardsDone":64,"shards":64,"sealedAt":"2026-01-12T00:00:00Z","rules":1,"participants":3,"total":"10","reserved":"10","paid":"10","blockedBy":null,"fault":null,"forced":false}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Spending_above_the_limit_is_done_and_says_that_it_waits()
    {
        _api.On("POST admin/treasury/spend", Waiting, HttpStatusCode.Accepted);
        var (code, output, _) = await new ProgramRun(_api).Run(
            "treasury", "spend", "treasury", "ann", "15000", "--kind", "contract", "--reason", "a course", "--yes");
        Assert.Equal(0, code);
        Assert.Contains("waiting for a second operator", output, StringComparison.Ordinal);
        Assert.Equal(
            """{"fund":"treasury","to":"ann","amount":"15000","kind":"contract","reason":"a course"}""", _api.Requests[0].Body);
    }

    [Fact]
    public async Task Who_approves_is_asked_about_what_waits()
    {
        _api.On("GET admin/treasury/spends", $$"""{"items":[{{Waiting}}],"next":null}""")
            .On($"POST admin/treasury/spends/{Id}/approve", Waiting.Replace("waiting", "paid", StringComparison.Ordinal));
        var (code, _, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run("treasury", "approve", Id, "--reason", "seen");
        Assert.Equal(
            (0, "Approve 15000 STK of treasury for ann (contract: a course), asked by olga? [y/N] "), (code, error));
        Assert.StartsWith("?waiting=true", _api.Requests[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_week_is_closed_without_a_body_where_no_reason_is_given()
    {
        _api.On("POST admin/weeks/2026-W02/close", Week);
        var (code, output, _) = await new ProgramRun(_api).Run("weeks", "close", "2026-W02", "--yes");
        Assert.Equal((0, ""), (code, _api.Requests[0].Body));
        Assert.Matches(@"(?m)^done +settle$", output);
    }

    [Fact]
    public async Task An_export_is_the_bytes_that_came()
    {
        _api.On("GET admin/weeks/2026-W02/export.csv", () => FakeApi.Answer(HttpStatusCode.OK, "text/csv", "date,user_id,points\r\n2026-01-11,анна,5\r\n"));
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        var (code, output, _) = await new ProgramRun(_api).Run("weeks", "export", "2026-W02", "--output", file);

        Assert.Equal((0, ""), (code, output));
        Assert.Equal("date,user_id,points\r\n2026-01-11,анна,5\r\n", await File.ReadAllTextAsync(file));
        File.Delete(file);
        var (_, printed, _) = await new ProgramRun(_api).Run("weeks", "export", "2026-W02");
        Assert.Equal("date,user_id,points\n2026-01-11,анна,5\n", printed);
    }

    [Fact]
    public async Task The_clock_is_moved_far_by_force_and_stopped_for_a_reason()
    {
        const string Clock = """{"now":"2998-01-12T00:00:00Z","reached":"2026-01-12T08:00:00Z","manual":true,"standing":true}""";
        _api.On("POST admin/clock", Clock, HttpStatusCode.Accepted).On("POST admin/clock/stop", Clock, HttpStatusCode.Accepted);

        var (moved, output, _) = await new ProgramRun(_api).Run("clock", "set", "2998-01-12", "--force", "--yes");
        var (stopped, _, _) = await new ProgramRun(_api).Run("clock", "stop", "--reason", "a digit too many");

        Assert.Equal((0, 0), (moved, stopped));
        Assert.Contains("2998-01-12", output, StringComparison.Ordinal);
        Assert.Equal(
            ["""{"now":"2998-01-12T00:00:00Z","force":true}""", """{"reason":"a digit too many"}"""],
            _api.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task A_level_is_set_with_its_reason()
    {
        _api.On("PUT admin/participants", """{"id":"ann","level":3,"excluded":false,"registeredAt":"2026-01-05T00:00:00Z"}""");
        var (code, _, _) = await new ProgramRun(_api).Run("participants", "set", "ann", "--level", "3", "--reason", "exam");
        Assert.Equal((0, """{"level":3,"reason":"exam"}"""), (code, _api.Requests[0].Body));
    }

    [Fact]
    public async Task The_audit_log_shows_who_did_what()
    {
        _api.On("GET admin/audit",
            """{"items":[{"sequence":2,"at":"2026-01-12T08:00:00Z","by":"olga","action":"service.admit","subject":"my_hour","before":{"state":"proposed"},"after":{"state":"admitted"},"reason":"good","hash":"00"}],"next":null}""");
        var (_, table, _) = await new ProgramRun(_api).Run("audit");
        Assert.Contains("olga  service.admit  my_hour  good", table, StringComparison.Ordinal);
        var (_, json, _) = await new ProgramRun(_api).Run("audit", "--json");
        Assert.Contains("""{"state":"proposed"}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distribution_shows_classes_and_gini()
    {
        _api.On("GET stats/distribution",
            """{"at":"2026-01-12T08:00:00Z","funds":[],"holders":3,"classes":[{"from":"0.000001","below":"100","holders":2,"shareBp":1050},{"from":"100","below":null,"holders":1,"shareBp":8950}],"top":[{"pseudonym":"a","shareBp":8950}],"gini":"0.4215"}""");
        var (_, output, _) = await new ProgramRun(_api).Run("distribution");
        Assert.Matches(@"(?m)^100 STK and more +1 +89\.50%$", output);
        Assert.Matches(@"(?m)^Gini +0\.4215$", output);
    }
}
