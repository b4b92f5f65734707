using Npgsql;
using Stk.Rules.Money;
using Stk.Rules.Wallets;
using Stk.Storage.Sql;

namespace Stk.Grains.Wallets;

/// <summary>
/// Tables <c>settlement.wallets</c> and <c>wallet_modes</c>: all SQL that touches them is in this file. And sums of payouts
/// and deposits.
/// </summary>
internal sealed class WalletTable(NpgsqlDataSource database)
{
    private const string NumberSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string ReadSql = """
        SELECT wallet.address, wallet.linked_at, wallet.payable_from, mode.mode
        FROM (SELECT $1 AS participant) AS asked
        LEFT JOIN settlement.wallets wallet ON wallet.participant = asked.participant AND wallet.ended_at IS NULL
        LEFT JOIN settlement.wallet_modes mode ON mode.participant = asked.participant
        """;

    // 1 waiting, 2 taken, 3 paid: see PayoutState.
    private const string SumsSql = """
        SELECT coalesce(sum(amount_micro) FILTER (WHERE state IN (1, 2)), 0)::bigint,
            coalesce(sum(amount_micro) FILTER (WHERE state = 3), 0)::bigint,
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.deposits WHERE participant = $1)
        FROM settlement.payouts WHERE participant = $1
        """;

    private const string LinkSql = """
        SELECT id, address, payable_from FROM settlement.wallets WHERE participant = $1 AND ended_at IS NULL
        """;

    private const string OwnerSql = "SELECT participant FROM settlement.wallets WHERE address = $1 AND ended_at IS NULL";

    private const string EndSql = """
        WITH ended AS (
            UPDATE settlement.wallets SET ended_at = greatest($2, linked_at)
            WHERE participant = $1 AND ended_at IS NULL AND address = $3 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM ended) = 1, 'this link')
        """;

    // Somebody else's link of the same address, or another link of this participant, may have come between.
    private const string InsertSql = """
        WITH added AS (
            INSERT INTO settlement.wallets (id, participant, address, proof, linked_at, payable_from)
            VALUES ($1, $2, $3, $4::json, $5, $6) ON CONFLICT DO NOTHING RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'a wallet that nobody has linked')
        """;

    private const string ModeSql = """
        INSERT INTO settlement.wallet_modes (participant, mode, at) VALUES ($1, $2, $3)
        ON CONFLICT (participant) DO UPDATE SET mode = excluded.mode, at = excluded.at
        """;

    /// <summary>A participant's number; null where nobody has this id.</summary>
    public async Task<long?> FindNumber(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(NumberSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>The open link, where there is one, and the mode.</summary>
    public async Task<(StoredWallet? Wallet, WalletMode Mode)> Read(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (
            row.TextOrNull(0) is { } address ? new(address, row.Instant(1), row.Instant(2)) : null,
            await row.IsDBNullAsync(3, cancellation) ? WalletMode.Keep : (WalletMode)row.GetInt16(3));
    }

    /// <summary>What is on its way, what was ever paid, and what has ever come back, over all wallets.</summary>
    public async Task<(Amount InFlight, Amount Sent, Amount Deposited)> ReadSums(
        long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SumsSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (new(row.GetInt64(0)), new(row.GetInt64(1)), new(row.GetInt64(2)));
    }

    /// <summary>The open link; null where there is none.</summary>
    public async Task<OpenLink?> FindLink(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LinkSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(row.GetGuid(0), row.GetString(1), row.Instant(2)) : null;
    }

    /// <summary>The number of who has linked an address; null where nobody has.</summary>
    public async Task<long?> FindOwner(string address, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(OwnerSql).With(address);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>The command that ends the open link, which must be of this address.</summary>
    public static NpgsqlBatchCommand End(long participant, string address, DateTimeOffset at) =>
        new NpgsqlBatchCommand(EndSql).With(participant).With(at.UtcDateTime).With(address);

    /// <summary>
    /// The command that links an address, where nobody has linked it and the participant has no open link.
    /// </summary>
    /// <param name="proof">JSON.</param>
    public static NpgsqlBatchCommand Insert(Guid id, long participant, StoredWallet wallet, string proof) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(id).With(participant).With(wallet.Address).With(proof).With(wallet.LinkedAt.UtcDateTime)
            .With(wallet.PayableFrom.UtcDateTime);

    /// <summary>The command that chooses what becomes of a week's STK.</summary>
    public static NpgsqlBatchCommand SetMode(long participant, WalletMode mode, DateTimeOffset at) =>
        new NpgsqlBatchCommand(ModeSql).With(participant).With((short)mode).With(at.UtcDateTime);
}

/// <summary>An open link.</summary>
/// <param name="Address">Base58.</param>
internal sealed record StoredWallet(string Address, DateTimeOffset LinkedAt, DateTimeOffset PayableFrom);

/// <summary>An open link, as whoever pays there reads it.</summary>
/// <param name="Address">Base58.</param>
internal sealed record OpenLink(Guid Id, string Address, DateTimeOffset PayableFrom);
