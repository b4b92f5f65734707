using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Corrections;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// Table <c>weeks.corrections</c>. Rows are written with what moves them; all other SQL that touches it is here.
/// </summary>
internal sealed class CorrectionTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT revision, amount_micro, at, reason, level FROM weeks.corrections
        WHERE participant = $1 AND week = $2 ORDER BY revision
        """;

    private const string SumsSql = """
        SELECT week, sum(amount_micro)::bigint FROM weeks.corrections
        WHERE participant = $1 AND week = ANY($2) GROUP BY week
        """;

    private const string FindSql = """
        SELECT transaction.sequence, correction.at, correction.week, correction.amount_micro, correction.revision,
            coalesce(participant.id, 'erased-' || correction.participant)
        FROM weeks.corrections correction
        JOIN ledger.transactions transaction ON transaction.id = correction.transaction_id
        LEFT JOIN activity.participants participant ON participant.number = correction.participant
        WHERE correction.transaction_id = $1
        """;

    /// <summary>What has corrected a participant's week so far.</summary>
    public async Task<StoredCorrections> Read(long participant, WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participant).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var corrections = ImmutableArray.CreateBuilder<Correction>();
        int? level = null;
        while (await row.ReadAsync(cancellation))
        {
            corrections.Add(new(row.GetInt32(0), new(row.GetInt64(1)), row.Instant(2), row.GetString(3)));
            level ??= row.IsDBNull(4) ? null : row.GetInt16(4);
        }

        return new(corrections.DrainToImmutable(), level);
    }

    /// <summary>By week, what corrections have come to; a week that is missing was not corrected.</summary>
    public async Task<IReadOnlyDictionary<WeekId, Amount>> ReadSums(
        long participant, IEnumerable<WeekId> weeks, CancellationToken cancellation)
    {
        var sums = new Dictionary<WeekId, Amount>();
        await using var command = database.CreateCommand(SumsSql)
            .With(participant).With(weeks.Select(week => week.Number).ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            sums.Add(WeekId.OfNumber(row.GetInt32(0)), new(row.GetInt64(1)));
        }

        return sums;
    }

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<CorrectionView> Read(Guid transaction, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(transaction);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                transaction, row.GetInt64(0), row.Instant(1), WeekId.OfNumber(row.GetInt32(2)), row.GetString(5),
                new(row.GetInt64(3)), row.GetInt32(4))
            : throw new InvalidOperationException($"request {transaction} was done, and there is no correction of this id");
    }
}

/// <param name="All">In the order of their revisions.</param>
/// <param name="Level">The participant's in that week, where it gave no statement and was corrected; else null.</param>
internal sealed record StoredCorrections(ImmutableArray<Correction> All, int? Level)
{
    /// <summary>The revision that the next correction makes.</summary>
    public int NextRevision => All.Length + 2;
}
