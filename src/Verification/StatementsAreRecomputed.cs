using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Weeks;
using Stk.Ledger.Verify;
using Stk.Rules.Weeks;

namespace Stk.Verification;

/// <summary>
/// Every scored week from its seal. The snapshot says which; what is sealed and scored never changes, so it may be read a
/// moment later.
/// </summary>
internal sealed class StatementsAreRecomputed(NpgsqlDataSource database) : IInvariant
{
    private const string WeeksSql = "SELECT week FROM weeks.runs WHERE scored_at IS NOT NULL ORDER BY week";

    public string Name => "I11";

    public string Statement => "The seals are unchanged, and all statements and exports are what they give.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var week in await Weeks(snapshot, cancellation))
        {
            foreach (var difference in await Differences(week, cancellation))
            {
                yield return new("weeks.statements", $"week {week}", "what the seal gives", difference);
            }
        }
    }

    private async Task<IReadOnlyList<string>> Differences(WeekId week, CancellationToken cancellation)
    {
        var recomputation = new Recomputation(database);
        try
        {
            await recomputation.Run(week, cancellation);
            return recomputation.Differences;
        }
        catch (InvalidDataException unreadable)
        {
            // A seal that no events could have made gives no statements at all.
            return [.. recomputation.Differences, unreadable.Message];
        }
    }

    private static async Task<List<WeekId>> Weeks(Snapshot snapshot, CancellationToken cancellation)
    {
        var weeks = new List<WeekId>();
        await using var command = new NpgsqlCommand(WeeksSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            weeks.Add(WeekId.OfNumber(row.GetInt32(0)));
        }

        return weeks;
    }
}
