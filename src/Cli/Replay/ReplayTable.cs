using System.Globalization;
using Stk.Client.Statistics;
using Stk.Rules.Money;

namespace Stk.Cli.Replay;

/// <summary>The table at the end: what the economy holds, and what this replay was answered.</summary>
internal static class ReplayTable
{
    /// <param name="firstBad">The first line that was left out; null where none was.</param>
    public static IEnumerable<string> Lines(ReplayProgress progress, Totals totals, string? firstBad = null)
    {
        List<(string Name, string Value)> rows =
        [
            ("weeks", Number(totals.Weeks)),
            ("participants", Number(totals.Participants)),
            ("events counted", Stored("counted")),
            ("events over limit", Stored("over_limit")),
            ("events late", Stored("late")),
            ("events ignored", Stored("ignored")),
            ("events applied", Stored("applied")),
            ("duplicates in this replay", Number(progress.Answers.Duplicate)),
            ("rejected in this replay", Number(progress.Answers.Rejected)),
        ];
        if (progress.Unreadable > 0)
        {
            rows.Add(("lines left out", Number(progress.Unreadable)));
        }

        rows.Add(("emitted", Stk(totals.Emitted)));
        rows.Add(("paid", Stk(totals.Paid)));
        rows.Add(("frozen", Stk(totals.Frozen)));
        rows.AddRange(totals.Funds.Select(fund => ($"fund {fund.Name}", Stk(fund.Balance))));

        var names = rows.Max(row => row.Name.Length);
        var values = rows.Max(row => row.Value.Length);
        foreach (var (name, value) in rows)
        {
            yield return $"{name.PadRight(names)}  {value.PadLeft(values)}";
        }

        if (progress.FirstRejected is { } rejected)
        {
            yield return $"The first event that was rejected: {rejected}";
        }

        if (progress.Unreadable > 0 && firstBad is not null)
        {
            yield return $"The first line that was left out: {firstBad}";
        }

        yield return $"ledger head {totals.Head}";

        string Stored(string outcome) => Number(totals.Outcomes.GetValueOrDefault(outcome));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Stk(Amount amount) => $"{amount} STK";
}
