using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>
/// Tables <c>settlement.asked_acts</c> and <c>hand_signatures</c>: acts on chain that pay nobody. Operators' desk writes
/// them, or a run, and whoever settles takes them from here.
/// </summary>
internal sealed class AskedActTable(NpgsqlDataSource database)
{
    private const string InsertSql = """
        INSERT INTO settlement.asked_acts (id, kind, amount_micro, text, at) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string InsertReturnSql = """
        INSERT INTO settlement.asked_acts (id, kind, amount_micro, at, approved_at, deposit, wallet)
        VALUES ($1, 6, $2, $3, $3, $4, $5)
        """;

    private const string ApproveSql = """
        WITH approved AS (
            UPDATE settlement.asked_acts SET approved_at = $2 WHERE id = $1 AND approved_at IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM approved) = 1, 'an act that waits')
        """;

    // Of two approvals at once the second waits here, and then sees the first.
    private const string LockSql = "SELECT epoch FROM settlement.state FOR UPDATE";

    // What was approved before, of acts that have not failed. States: 4 finalized, 5 failed.
    private const string BesideSql = """
        SELECT coalesce(sum(asked.amount_micro), 0)::bigint
        FROM settlement.asked_acts asked LEFT JOIN settlement.acts act USING (id)
        WHERE asked.kind = $1 AND asked.id <> $2 AND asked.approved_at IS NOT NULL AND act.state IS DISTINCT FROM 5
            AND ($3 OR act.state IS DISTINCT FROM 4)
        """;

    private const string WithinSql = $"""
        SELECT storage.expect(
            $4 + ({BesideSql}) <= (SELECT coalesce(sum(abs(balance_micro)), 0) FROM ledger.accounts WHERE kind = $5),
            'no more on chain than in the ledger')
        """;

    private const string UnchangedSql = $"SELECT storage.expect(({BesideSql}) = $4, 'refills as they were')";

    private const string NewSql = """
        SELECT id, kind, amount_micro, text, week IS NOT NULL, deposit, wallet FROM settlement.asked_acts asked
        WHERE approved_at IS NOT NULL AND NOT EXISTS (SELECT FROM settlement.acts WHERE acts.id = asked.id)
        ORDER BY approved_at, id
        """;

    // Asked for and not decided yet, or on its way; or rejected a short time ago: nobody is asked the same each minute.
    private const string RefillSql = """
        SELECT asked.id FROM settlement.asked_acts asked
        LEFT JOIN settlement.acts act USING (id)
        LEFT JOIN approvals.requests request ON request.id = asked.id
        LEFT JOIN approvals.decisions decision ON decision.request = asked.id
        WHERE asked.kind = 3 AND act.is_closed IS NOT TRUE
            AND (asked.approved_at IS NOT NULL OR (decision.request IS NULL AND request.expires_at > $1)
                OR (NOT decision.is_approved AND decision.at > $2))
        ORDER BY asked.at DESC, asked.id LIMIT 1
        """;

    private const string RefillsSql = "SELECT count(*) FROM settlement.asked_acts WHERE kind = 3";

    private const string SignedSql = """
        SELECT bytes, nonce_account, value, signed_slot FROM settlement.hand_signatures WHERE act = $1 AND number = $2
        """;

    private const string KeepSql = """
        WITH kept AS (
            INSERT INTO settlement.hand_signatures (act, number, bytes, nonce_account, value, signed_slot, by, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM kept) = 1, 'an attempt without a signature')
        """;

    // Its nonce is taken: of two that use one value a single one lands. Mints have one key, and all others another. States:
    // 1 planned, 7 expired.
    private const string UnderWaySql = """
        SELECT asked.id FROM settlement.asked_acts asked LEFT JOIN settlement.acts act USING (id)
        WHERE asked.approved_at IS NOT NULL AND asked.week IS NULL AND asked.id <> $2 AND (asked.kind = 2) = $1
            AND act.is_closed IS NOT TRUE
            AND (coalesce(act.state, 1) NOT IN (1, 7) OR EXISTS (
                SELECT FROM settlement.hand_signatures signed
                WHERE signed.act = asked.id AND NOT EXISTS (
                    SELECT FROM settlement.attempts WHERE attempts.act = signed.act AND attempts.number = signed.number)))
        ORDER BY asked.at, asked.id LIMIT 1
        """;

    /// <summary>The command that keeps what was asked for; it waits.</summary>
    public static NpgsqlBatchCommand Insert(AskedChainAct act, DateTimeOffset at) => new NpgsqlBatchCommand(InsertSql)
        .With(act.Id).With((short)act.Kind).WithNullable(act.Amount?.Micro, NpgsqlDbType.Bigint)
        .WithNullable(act.Text, NpgsqlDbType.Text).With(at.UtcDateTime);

    /// <summary>The command that keeps what two have said goes back: whoever settles takes it from here.</summary>
    public static NpgsqlBatchCommand InsertReturn(Guid act, Amount amount, ReturnedTo back, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertReturnSql)
            .With(act).With(amount.Micro).With(at.UtcDateTime).With(back.Deposit).With(back.Wallet);

    /// <summary>The commands that approve it. They fail where it does not wait, or is beyond its bound by now.</summary>
    /// <param name="account">What the ledger's own sum is of: no more than that is ever on chain; null for no bound.</param>
    /// <param name="beside">
    /// What was under way of this kind when the bound was looked at; null for what has no such bound.
    /// </param>
    public static IReadOnlyList<NpgsqlBatchCommand> Approve(
        AskedChainAct act, AccountKind? account, Amount? beside, DateTimeOffset at) =>
    [
        new(LockSql),
        .. account is { } kind
            ? (NpgsqlBatchCommand[])
            [
                Beside(new NpgsqlBatchCommand(WithinSql), act, withLanded: true)
                    .With(act.Amount?.Micro ?? 0).With((short)kind),
            ]
            : [],
        .. beside is { } seen
            ? (NpgsqlBatchCommand[])[Beside(new NpgsqlBatchCommand(UnchangedSql), act, withLanded: false).With(seen.Micro)]
            : [],
        new NpgsqlBatchCommand(ApproveSql).With(act.Id).With(at.UtcDateTime),
    ];

    /// <summary>The command that keeps signed bytes for an attempt. It fails where others are kept.</summary>
    public static NpgsqlBatchCommand Keep(
        Guid act, int number, HandSignature signed, string by, DateTimeOffset at) => new NpgsqlBatchCommand(KeepSql)
        .With(act).With(number).With(signed.Bytes.ToArray()).With(signed.Lifetime.Account.ToString())
        .With(signed.Lifetime.Nonce.ToString()).With((long)signed.SignedSlot).With(by).With(at.UtcDateTime);

    /// <summary>What other acts of this kind come to that were approved and have not failed.</summary>
    /// <param name="withLanded">Whether those that are final count.</param>
    public async Task<Amount> ReadBeside(AskedChainAct act, bool withLanded, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(BesideSql)
            .With((short)act.Kind).With(act.Id).With(withLanded);
        return new((long)(await command.ExecuteScalarAsync(cancellation))!); // a sum of nothing is 0
    }

    /// <summary>A refill that is asked for or on its way, or was rejected lately; null where there is none.</summary>
    public async Task<Guid?> FindRefill(DateTimeOffset now, DateTimeOffset rejectedAfter, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RefillSql).With(now.UtcDateTime).With(rejectedAfter.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>How many refills were ever asked for.</summary>
    public async Task<long> CountRefills(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RefillsSql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!; // a count is never null
    }

    /// <summary>Approved, and nobody follows them yet; the oldest first.</summary>
    public async Task<ImmutableArray<AskedChainAct>> ReadNew(CancellationToken cancellation)
    {
        var acts = ImmutableArray.CreateBuilder<AskedChainAct>();
        await using var command = database.CreateCommand(NewSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            acts.Add(new(
                row.GetGuid(0), (ActKind)row.GetInt16(1),
                row.LongOrNull(2) is { } micro ? new Amount(micro) : null, row.TextOrNull(3), row.GetBoolean(4),
                row.TextOrNull(6) is { } wallet ? new(row.GetGuid(5), wallet) : null));
        }

        return acts.ToImmutable();
    }

    /// <summary>What was signed for an attempt; null where nothing was yet.</summary>
    public async Task<HandSignature?> FindSigned(Guid act, int number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SignedSql).With(act).With(number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                [.. row.GetFieldValue<byte[]>(0)],
                new(PublicKey.Parse(row.GetString(1)), Blockhash.Parse(row.GetString(2))), (ulong)row.GetInt64(3))
            : null;
    }

    /// <summary>Another act of the same key that is signed and has not ended; null where there is none.</summary>
    public async Task<Guid?> FindUnderWay(AskedChainAct act, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(UnderWaySql).With(act.Kind == ActKind.Mint).With(act.Id);
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    private static NpgsqlBatchCommand Beside(NpgsqlBatchCommand command, AskedChainAct act, bool withLanded) =>
        command.With((short)act.Kind).With(act.Id).With(withLanded);
}

/// <summary>An act that pays nobody, as it was asked for.</summary>
/// <param name="Amount">Null for a memo.</param>
/// <param name="Text">Null for what moves tokens.</param>
/// <param name="IsOfWeek">A week's memo: the float signs it.</param>
/// <param name="Back">What goes back, and to whom; null for other acts.</param>
internal sealed record AskedChainAct(
    Guid Id, ActKind Kind, Amount? Amount, string? Text, bool IsOfWeek = false, ReturnedTo? Back = null);

/// <param name="Wallet">Base58: whose token account it came from.</param>
internal sealed record ReturnedTo(Guid Deposit, string Wallet);

/// <param name="SignedSlot">Final before it came here.</param>
internal sealed record HandSignature(ImmutableArray<byte> Bytes, Lifetime.DurableNonce Lifetime, ulong SignedSlot);
