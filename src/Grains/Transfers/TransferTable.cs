using Npgsql;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Transfers;

/// <summary>Tables <c>spending.transfers</c> and <c>notes</c>, read; <see cref="TransferEffect"/> writes them.</summary>
internal sealed class TransferTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT commit.sequence, commit.at, coalesce(receiver.id, 'erased-' || transfer.receiver), transfer.amount_micro,
            transfer.fee_micro, notes.note
        FROM spending.transfers transfer
        JOIN ledger.transactions ON transactions.id = transfer.id
        JOIN ledger.commits commit ON commit.sequence = transactions.sequence
        LEFT JOIN activity.participants receiver ON receiver.number = transfer.receiver
        LEFT JOIN spending.notes ON notes.id = transfer.id
        WHERE transfer.id = $1
        """;

    private const string SentSql =
        "SELECT coalesce(sum(amount_micro), 0)::bigint FROM spending.transfers WHERE sender = $1 AND day = $2";

    /// <summary>A transfer as it was answered.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<TransferView> Read(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                id, row.GetInt64(0), row.Instant(1), row.GetString(2), new(row.GetInt64(3)),
                new(row.GetInt64(4)), row.TextOrNull(5))
            : throw new InvalidOperationException($"request {id} was done, and there is no transfer of this id");
    }

    /// <summary>What a participant has sent in a UTC day, without fees.</summary>
    public async Task<Amount> ReadSent(long sender, DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SentSql).With(sender).With(day);
        return new((long)(await command.ExecuteScalarAsync(cancellation))!);
    }
}
