using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>
/// What was taken and given back: <c>inactivity.debits</c> and <c>credits</c>, written by their effects.
/// </summary>
internal sealed class DebitTable(NpgsqlDataSource database)
{
    private const string Columns = """
        SELECT debit.transaction_id, debit.quarter, debit.participant, debit.amount_micro, commits.at, credit.amount_micro
        FROM inactivity.debits debit
        JOIN ledger.transactions ON transactions.id = debit.transaction_id JOIN ledger.commits USING (sequence)
        LEFT JOIN inactivity.credits credit
            ON credit.quarter = debit.quarter AND credit.participant = debit.participant
        """;

    private const string FindSql = Columns + " WHERE debit.quarter = $1 AND debit.participant = $2";

    private const string OfParticipantSql = Columns + """
         WHERE debit.participant = $1 AND debit.quarter IN (
            SELECT quarter FROM inactivity.lines WHERE lines.participant = $1)
        ORDER BY debit.quarter DESC
        """;

    /// <summary>Null where nothing was taken.</summary>
    public async Task<StoredDebit?> Find(QuarterId quarter, long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(quarter.Number).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Of(row) : null;
    }

    /// <summary>All that was ever taken from somebody, newest first.</summary>
    public async Task<ImmutableArray<StoredDebit>> ReadOf(long participant, CancellationToken cancellation)
    {
        var debits = ImmutableArray.CreateBuilder<StoredDebit>();
        await using var command = database.CreateCommand(OfParticipantSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            debits.Add(Of(row));
        }

        return debits.ToImmutable();
    }

    private static StoredDebit Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), QuarterId.OfNumber(row.GetInt32(1)), row.GetInt64(2), new(row.GetInt64(3)), row.Instant(4),
        row.LongOrNull(5) is { } micro ? new Amount(micro) : null);
}

/// <param name="At">Of the commit that took it.</param>
/// <param name="Returned">What was given back of it; null where nothing was.</param>
internal sealed record StoredDebit(
    Guid Transaction, QuarterId Quarter, long Participant, Amount Amount, DateTimeOffset At, Amount? Returned);
