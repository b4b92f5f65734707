using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Deposits;

/// <summary>Table <c>settlement.deposits</c>, as it is read; and whose something is.</summary>
internal sealed class DepositTable(NpgsqlDataSource database)
{
    private const string Columns = """
        deposit.id, deposit.number, deposit.amount_micro, deposit.state, deposit.sender, deposit.memo, person.id,
        deposit.signature, deposit.slot, deposit.at, deposit.returned_by
        """;

    private const string From = """
        FROM settlement.deposits deposit
        LEFT JOIN activity.participants person ON person.number = deposit.participant
        """;

    private const string OfSql = $"""
        SELECT {Columns} {From}
        WHERE deposit.participant = $1 AND deposit.number < $2 ORDER BY deposit.number DESC LIMIT $3
        """;

    private const string ListSql = $"""
        SELECT {Columns} {From}
        WHERE ($1::smallint IS NULL OR deposit.state = $1) AND deposit.number < $2
        ORDER BY deposit.number DESC LIMIT $3
        """;

    private const string FindSql = $"SELECT {Columns} {From} WHERE deposit.id = $1";

    private const string KnownSql = "SELECT id FROM settlement.deposits WHERE id = ANY ($1)";

    private const string BeginReturnSql = """
        WITH begun AS (
            UPDATE settlement.deposits SET state = 4, approval = $3
            WHERE id = $1 AND state = 2 AND amount_micro = $2 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM begun) = 1, 'a deposit in suspense')
        """;

    // Again where it was done before a death.
    private const string EndReturnSql = """
        UPDATE settlement.deposits SET state = 2, approval = NULL WHERE state = 4 AND approval = $1
        """;

    private const string FindReturnSql = """
        SELECT deposit.id, deposit.amount_micro
        FROM settlement.asked_acts asked JOIN settlement.deposits deposit ON deposit.id = asked.deposit
        WHERE asked.id = $1 AND deposit.approval = asked.id
        """;

    // Of somebody who is erased nobody knows anything; and an id that belongs to somebody means them.
    private const string NumberedSql = """
        SELECT coalesce(linked.survivor, person.number)
        FROM activity.participants person LEFT JOIN activity.linked linked ON linked.identity = person.number
        WHERE person.number = $1
        """;

    private const string WalletsSql = """
        SELECT coalesce(linked.survivor, wallet.participant)
        FROM settlement.wallets wallet
        JOIN activity.participants person ON person.number = wallet.participant
        LEFT JOIN activity.linked linked ON linked.identity = wallet.participant
        WHERE wallet.address = $1 AND wallet.ended_at IS NULL
        """;

    /// <summary>What was credited to somebody, newest first.</summary>
    public Task<DepositPage> ReadOf(long participant, PageRequest request, CancellationToken cancellation) => Read(
        new("deposits", string.Create(CultureInfo.InvariantCulture, $"{participant}")), OfSql, request,
        command => command.With(participant), cancellation);

    /// <summary>What has arrived, newest first.</summary>
    /// <param name="state">Only these; null for all.</param>
    public Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation) => Read(
        new("all-deposits", state?.WireName() ?? ""), ListSql, request,
        command => command.WithNullable((short?)state, NpgsqlDbType.Smallint), cancellation);

    /// <summary>Null where there is none of this id.</summary>
    public async Task<DepositView?> Find(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? View(row) : null;
    }

    /// <summary>Which deposit an act sends back, and how much it is; null where it is none's.</summary>
    public async Task<(Guid Deposit, Amount Amount)?> FindReturn(Guid act, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindReturnSql).With(act);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetGuid(0), new(row.GetInt64(1))) : null;
    }

    /// <summary>The command by which it is to go back. It fails where it is in suspense no more.</summary>
    public static NpgsqlBatchCommand BeginReturn(Guid deposit, Amount amount, Guid approval) =>
        new NpgsqlBatchCommand(BeginReturnSql).With(deposit).With(amount.Micro).With(approval);

    /// <summary>The command by which what could not be sent back stands in suspense again.</summary>
    public static NpgsqlBatchCommand EndReturn(Guid act) => new NpgsqlBatchCommand(EndReturnSql).With(act);

    /// <summary>Which of these are there already.</summary>
    public async Task<IReadOnlySet<Guid>> FindKnown(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var known = new HashSet<Guid>();
        await using var command = database.CreateCommand(KnownSql).With(ids.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            known.Add(row.GetGuid(0));
        }

        return known;
    }

    /// <summary>Who has this number, or whom its bearer belongs to; null where nobody has it.</summary>
    public async Task<long?> FindNumbered(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(NumberedSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>Who has linked this wallet; null where nobody has.</summary>
    /// <param name="address">Base58.</param>
    public async Task<long?> FindOwner(string address, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WalletsSql).With(address);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    private async Task<DepositPage> Read(
        Cursors cursors, string sql, PageRequest request, Func<NpgsqlCommand, NpgsqlCommand> withFirst,
        CancellationToken cancellation)
    {
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

#pragma warning disable CA2100 // Both statements are constant.
        await using var command = withFirst(database.CreateCommand(sql)).With(before).With(request.Limit + 1);
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var deposits = new List<(DepositView Deposit, long Number)>();
        while (await row.ReadAsync(cancellation))
        {
            deposits.Add((View(row), row.GetInt64(1)));
        }

        var shown = deposits.Take(request.Limit).ToList();
        return new(
            [.. shown.Select(one => one.Deposit)],
            deposits.Count > request.Limit ? cursors.WriteNumber(shown[^1].Number) : null);
    }

    private static DepositView View(NpgsqlDataReader row) => new(
        row.GetGuid(0), new(row.GetInt64(2)), (DepositState)row.GetInt16(3), row.TextOrNull(4), row.TextOrNull(5),
        row.TextOrNull(6), row.GetString(7), row.GetInt64(8), row.Instant(9), row.TextOrNull(10));
}
