using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Ledger;
using Stk.Rules.Revocations;
using Stk.Storage.Sql;

namespace Stk.Grains.Revocations;

/// <summary>Table <c>revocations.tokens</c>. All SQL that touches it is in this file.</summary>
internal sealed class RevocationTable(NpgsqlDataSource database)
{
    private const string ReadSql =
        "SELECT number, token, subject, role, before FROM revocations.tokens WHERE number > $1 ORDER BY number";

    private const string SessionSql = "SELECT EXISTS (SELECT FROM economy.sign_ins WHERE code = $1 AND by = $2)";

    private const string InsertSql = $"""
        INSERT INTO revocations.tokens (number, token, subject, role, before, at, by, reason)
        SELECT {NumberedRows.Next}, $1, $2, $3, $4, $5, $6, $7 FROM revocations.tokens
        """;

    // Silos follow them as they follow the journal: a hint, no more.
    private const string NotifySql = $"SELECT pg_notify('{LedgerChanges.Channel}', '')";

    /// <summary>Those after a number, in their order.</summary>
    public async Task<ImmutableArray<Revocation>> ReadAfter(int number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await Read(row, cancellation);
    }

    /// <summary>The command of <see cref="ReadAfter"/>, whose rows <see cref="Read"/> reads.</summary>
    public static NpgsqlBatchCommand After(int number) => new NpgsqlBatchCommand(ReadSql).With(number);

    public static async Task<ImmutableArray<Revocation>> Read(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var read = ImmutableArray.CreateBuilder<Revocation>();
        while (await row.ReadAsync(cancellation))
        {
            read.Add(new(
                row.GetInt32(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), row.InstantOrNull(4)));
        }

        return read.DrainToImmutable();
    }

    /// <summary>Whether somebody has signed in with a code of this <c>jti</c>.</summary>
    public async Task<bool> IsSession(string session, string subject, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SessionSql).With(session).With(subject);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>The commands that revoke, of one transaction.</summary>
    /// <param name="row">Its number is given by the table.</param>
    /// <param name="at">By the economy's clock, as the log's entry has it.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(Revocation row, DateTimeOffset at, string by, string reason) =>
    [
        NumberedRows.Lock(NumberedTable.Revocations),
        new NpgsqlBatchCommand(InsertSql)
            .WithNullable(row.TokenId, NpgsqlDbType.Text).WithNullable(row.Subject, NpgsqlDbType.Text)
            .WithNullable(row.Role, NpgsqlDbType.Text)
            .WithNullable(row.Before?.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .With(at.UtcDateTime).With(by).With(reason),
        new NpgsqlBatchCommand(NotifySql),
    ];
}
