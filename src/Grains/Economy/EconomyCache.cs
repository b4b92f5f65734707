using Npgsql;
using Stk.Grains.RuleBooks;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Economy;

/// <summary>
/// What every actor on this silo needs to know of the whole economy, read again several times a second: genesis, the
/// rule books, the last week with statements. May be a moment old; what decides about money asks the database.
/// </summary>
internal sealed class EconomyCache(
    NpgsqlDataSource database, RuleBookTable ruleBooks, EconomyClock clock)
{
    private const string ReadSql = """
        SELECT (SELECT at FROM economy.genesis),
            (SELECT max(week) FROM weeks.runs WHERE scored_at IS NOT NULL),
            (SELECT max(version) FROM economy.rule_books)
                + (SELECT count(*) FROM economy.rule_book_withdrawals)::integer,
            ((SELECT count(*) FROM sources.voids) + (SELECT count(*) FROM sources.void_lifts)
                + coalesce((SELECT max(number) FROM activity.links), 0))::integer,
            (SELECT max(received_to) FROM sources.voids_in_force WHERE until_week IS NULL)
        """;

    private readonly Lock _gate = new();
    private EconomySnapshot? _snapshot;

    /// <exception cref="InvalidOperationException">Nothing has been read yet: the silo is not ready.</exception>
    public EconomySnapshot Current => Volatile.Read(ref _snapshot)
        ?? throw new InvalidOperationException("the economy has not been read yet");

    /// <summary>Genesis, or null; once known it never changes.</summary>
    public DateTimeOffset? Genesis => Volatile.Read(ref _snapshot)?.Genesis;

    public async Task Refresh(CancellationToken cancellation)
    {
        DateTimeOffset? genesis;
        WeekId? scoredThrough;
        int version;
        int voids;
        DateTimeOffset? voidTo;
        ManualTime? manual = null;
        // One round trip and one transaction: every silo asks this every second, however idle it is.
        await using (var batch = Reading())
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            genesis = row.InstantOrNull(0);
            scoredThrough = row.IsDBNull(1) ? null : WeekId.OfNumber(row.GetInt32(1));
            version = row.IsDBNull(2) ? 0 : row.GetInt32(2);
            voids = row.GetInt32(3);
            voidTo = row.InstantOrNull(4);
            if (await row.NextResultAsync(cancellation))
            {
                manual = await ClockTable.Next(row, cancellation);
            }
        }

        var before = Volatile.Read(ref _snapshot);
        var books = before is not null && before.RulesVersion == version
            ? before.RuleBooks
            : await ruleBooks.ReadHistory(cancellation);
        Keep(new(genesis, scoredThrough, version, books, voids, voidTo));
        if (manual is { } time)
        {
            clock.Set(time);
        }
    }

    private NpgsqlBatch Reading()
    {
        var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(ReadSql));
        if (clock.IsManual)
        {
            batch.BatchCommands.Add(ClockTable.Reading());
        }

        return batch;
    }

    // Two reads may end in the other order. All that is read here only ever grows, so the later one wins by itself.
    private void Keep(EconomySnapshot read)
    {
        lock (_gate)
        {
            var before = _snapshot;
            Volatile.Write(ref _snapshot, before is null ? read : new(
                before.Genesis ?? read.Genesis,
                Later(before.ScoredThrough, read.ScoredThrough),
                Math.Max(before.RulesVersion, read.RulesVersion),
                before.RulesVersion > read.RulesVersion ? before.RuleBooks : read.RuleBooks,
                Math.Max(before.RecallVersion, read.RecallVersion),
                before.RecallVersion > read.RecallVersion ? before.VoidTo : read.VoidTo));
        }
    }

    private static WeekId? Later(WeekId? left, WeekId? right) =>
        left is null || right > left ? right : left;
}

/// <param name="ScoredThrough">The last week whose statements exist; null before the first.</param>
/// <param name="RulesVersion">Grows with each version that is announced, and with each that is withdrawn.</param>
/// <param name="RecallVersion">
/// Grows with each time that events are taken out as if never sent or let in again, and that an identity becomes another's.
/// </param>
/// <param name="VoidTo">Something received before it may be taken out already; null where nothing is.</param>
internal sealed record EconomySnapshot(
    DateTimeOffset? Genesis, WeekId? ScoredThrough, int RulesVersion, RuleBookHistory RuleBooks, int RecallVersion,
    DateTimeOffset? VoidTo);
