using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// Two operators who do not wait: a source is required and says nothing, one asks to close the week all the same and another
/// approves. That it was, why and by whom must outlive every host. A build from before second persons closes at the first
/// word.
/// </summary>
internal sealed class WeekCloser(RestApi api, Tokens tokens)
{
    private const string Source = "silent";
    private const string By = "closer";
    private const string Second = "second-closer";

    private readonly ConcurrentQueue<Closing> _closed = [];

    /// <summary>Requires a source that is complete to the week's beginning, and no further.</summary>
    public Task Withhold(WeekId week) => Put(isRequired: true, week.Start);

    /// <summary>Sees that the week waits, closes it with a reason, sees it end, and lets the source be.</summary>
    public async Task Close(WeekId week)
    {
        await Eventually.Get(
            () => api.Get($"admin/weeks/{week}"),
            status => status?["blockedBy"]?.GetValue<string>().Contains(Source, StringComparison.Ordinal) == true,
            $"{week} waits for {Source}");
        var asked = await Write(
            HttpMethod.Post, $"admin/weeks/{week}/close", new JsonObject { ["reason"] = Reason(week) }, By);
        var id = JsonNode.Parse(asked.Text)?["id"]?.GetValue<string>();
        if (id is not null)
        {
            await Write(
                HttpMethod.Post, $"admin/approvals/{id}/approve", new JsonObject { ["reason"] = "it is down indeed" }, Second);
        }

        await Eventually.Get(
            () => api.Get($"admin/weeks/{week}"),
            status => status?["done"]?.GetValue<string>() == "settle",
            $"{week} is closed by hand");
        await Put(isRequired: false, week.End);
        _closed.Enqueue(new(week, IsApproved: id is not null));
    }

    /// <summary>Each closed week says so by its actor, in its run's row and in what two persons have let go on.</summary>
    public async Task<CheckResult> Check(NpgsqlDataSource database)
    {
        var problems = new List<string>();
        foreach (var (week, isApproved) in _closed)
        {
            var expected = $"{Reason(week)} / {By}";
            problems.AddRange((await database.Read(
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT 'weeks.runs', (SELECT override_reason || ' / ' || override_by FROM weeks.runs WHERE week = {week.Number})
                    UNION ALL
                    SELECT 'weeks.overrides',
                        (SELECT reason || ' / ' || asked_by FROM weeks.overrides
                            WHERE week = {week.Number} AND approved_by = '{Second}')
                    WHERE {isApproved}
                    UNION ALL
                    SELECT 'weeks.closings',
                        (SELECT '{expected}' FROM weeks.closings WHERE week = {week.Number} AND is_forced)
                    """),
                row => (Place: row.GetString(0), Said: row.IsDBNull(1) ? null : row.GetString(1))))
                .Where(row => row.Said != expected)
                .Select(row => $"{week} was closed with '{expected}', and {row.Place} says '{row.Said ?? "nothing"}'"));
            var status = await Eventually.Get(
                () => api.Get($"admin/weeks/{week}"), answer => answer is not null, $"{week} is answered");
            if (status?["forced"]?.GetValue<bool>() != true)
            {
                problems.Add($"{week} was closed by hand, and its actor does not know it");
            }
        }

        return new("each week that was closed by hand says so, why and by whom", problems, _closed.Count);
    }

    private static string Reason(WeekId week) => $"{Source} is down in {week}";

    private Task<RestAnswer> Put(bool isRequired, DateTimeOffset completeTo) => Write(
        HttpMethod.Put,
        $"admin/sources/{Source}",
        new JsonObject { ["required"] = isRequired, ["completeTo"] = completeTo.UtcDateTime },
        By);

    // Under one key, until it is answered for certain.
    private async Task<RestAnswer> Write(HttpMethod method, string path, JsonObject body, string by)
    {
        var key = Guid.NewGuid().ToString();
        var answer = await Eventually.Get(
            () => api.Write(method, path, tokens.Of("operator", by), key, body.ToJsonString()),
            until: answer => answer is { IsSuccess: true },
            $"{method} {path} is answered");
        return answer!; // or it was asked again
    }

    private sealed record Closing(WeekId Week, bool IsApproved);
}
