using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>
/// An operator who does not wait: a source is required and says nothing, the week is closed with a reason all the same.
/// That it was, why and by whom must outlive every host.
/// </summary>
internal sealed class WeekCloser(RestApi api, Tokens tokens)
{
    private const string Source = "silent";
    private const string By = "closer";

    private readonly ConcurrentQueue<WeekId> _closed = [];

    /// <summary>Requires a source that is complete to the week's beginning, and no further.</summary>
    public Task Withhold(WeekId week) => Put(isRequired: true, week.Start);

    /// <summary>Sees that the week waits, closes it with a reason, sees it end, and lets the source be.</summary>
    public async Task Close(WeekId week)
    {
        await Eventually.Get(
            () => api.Get($"admin/weeks/{week}"),
            status => status?["blockedBy"]?.GetValue<string>().Contains(Source, StringComparison.Ordinal) == true,
            $"{week} waits for {Source}");
        await Write(HttpMethod.Post, $"admin/weeks/{week}/close", new JsonObject { ["reason"] = Reason(week) });
        await Eventually.Get(
            () => api.Get($"admin/weeks/{week}"),
            status => status?["done"]?.GetValue<string>() == "settle",
            $"{week} is closed by hand");
        await Put(isRequired: false, week.End);
        _closed.Enqueue(week);
    }

    /// <summary>Each closed week says so by its actor, in its run's row and in what coordinators remember.</summary>
    public async Task<CheckResult> Check(NpgsqlDataSource database)
    {
        var problems = new List<string>();
        foreach (var week in _closed)
        {
            var expected = $"{Reason(week)} / {By}";
            problems.AddRange((await database.Read(
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT 'weeks.runs', (SELECT override_reason || ' / ' || override_by FROM weeks.runs WHERE week = {week.Number})
                    UNION ALL
                    SELECT 'weeks.closings',
                        (SELECT override_reason || ' / ' || override_by FROM weeks.closings WHERE week = {week.Number} AND is_forced)
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

    private Task Put(bool isRequired, DateTimeOffset completeTo) => Write(
        HttpMethod.Put,
        $"admin/sources/{Source}",
        new JsonObject { ["required"] = isRequired, ["completeTo"] = completeTo.UtcDateTime });

    // Under one key, until it is answered for certain.
    private async Task Write(HttpMethod method, string path, JsonObject body)
    {
        var key = Guid.NewGuid().ToString();
        await Eventually.True(
            async () => await api.Write(method, path, tokens.Of("operator", By), key, body.ToJsonString()) is { IsSuccess: true },
            $"{method} {path} is answered");
    }
}
