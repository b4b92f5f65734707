using System.Globalization;
using Npgsql;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Testing.Economies;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;

namespace Stk.Torture.Years;

/// <summary>All files for machines, one each, and what everybody has: in a directory.</summary>
internal sealed class YearExports(RestApi api, NpgsqlDataSource database, TortureSettings settings)
{
    // By outside ids: numbers are of the order in which people came.
    private const string BalancesSql = """
        SELECT format('%s,%s,%s', participant.id, account.kind, account.balance_micro)
        FROM ledger.accounts account JOIN activity.participants participant ON participant.number = account.owner
        WHERE account.kind IN (6, 7) ORDER BY participant.id, account.kind
        """;

    private const string OutcomesSql = """
        SELECT format('%s,%s', uuid, outcome) FROM activity.events ORDER BY uuid
        """;

    public async Task Write()
    {
        Directory.CreateDirectory(settings.Exports);
        var first = DateOnly.FromDateTime(EvidenceYear.Monday.UtcDateTime);
        var last = first.AddDays((7 * settings.Weeks) + 7);
        await Write("vesting.csv", string.Create(
            CultureInfo.InvariantCulture, $"admin/vesting/export.csv?from={first:yyyy-MM-dd}&to={last:yyyy-MM-dd}"));
        var week = WeekId.Of(EvidenceYear.Monday);
        for (var number = 0; number < settings.Weeks; number++, week = week.Next)
        {
            await Write($"week-{week}.csv", $"admin/weeks/{week}/export.csv");
        }

        foreach (var quarter in await database.Read(
            "SELECT quarter FROM inactivity.runs WHERE days = 0 AND done_at IS NOT NULL ORDER BY quarter",
            row => QuarterId.OfNumber(row.GetInt32(0))))
        {
            await Write($"redistribution-{quarter}.csv", $"admin/quarters/{quarter}/redistribution.csv");
            await Write($"restorations-{quarter}.csv", $"admin/quarters/{quarter}/restorations.csv");
        }

        await WriteRows("balances.csv", BalancesSql);
        await WriteRows("outcomes.csv", OutcomesSql);
    }

    private async Task WriteRows(string file, string sql) =>
        await File.WriteAllLinesAsync(Path.Combine(settings.Exports, file), await database.Problems(sql));

    private async Task Write(string file, string path)
    {
        var text = await Eventually.Get(() => api.Read(path), answer => answer is not null, $"{path} is answered");
        await File.WriteAllTextAsync(Path.Combine(settings.Exports, file), text);
    }
}
