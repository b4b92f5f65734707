using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Paging;
using Stk.Rules.Money;
using Stk.Rules.Treasury;
using Stk.Storage.Sql;

namespace Stk.Grains.Treasury;

/// <summary>
/// Table <c>spending.fund_spends</c>. What is paid is written by <see cref="FundSpendEffect"/>; all other SQL that touches
/// it is in this file.
/// </summary>
internal sealed class FundSpendTable(NpgsqlDataSource database)
{
    private const string Columns = """
        SELECT spend.id, spend.state, spend.fund, spend.receiver, coalesce(receiver.id, 'erased-' || spend.receiver),
            spend.amount_micro, spend.kind, spend.reason, spend.vests_days, spend.asked_at, spend.asked_by,
            coalesce(spend.decided_at, decision.at), coalesce(spend.decided_by, decision.by), spend.transaction_id,
            decision.is_approved, request.expires_at
        FROM spending.fund_spends spend LEFT JOIN activity.participants receiver ON receiver.number = spend.receiver
        LEFT JOIN approvals.requests request ON request.id = spend.id
        LEFT JOIN approvals.decisions decision ON decision.request = spend.id
        """;

    private const string FindSql = Columns + " WHERE spend.id = $1";

    private const string PageSql = Columns + $"""
         WHERE (spend.asked_at, spend.id) < ($1, $2)
            AND (NOT $3 OR spend.state = {SqlFundSpends.Waiting} AND decision.request IS NULL AND request.expires_at > $4)
        ORDER BY spend.asked_at DESC, spend.id DESC LIMIT $5
        """;

    private const string InsertWaitingSql = $"""
        INSERT INTO spending.fund_spends (
            id, state, fund, receiver, amount_micro, kind, reason, vests_days, asked_at, asked_by)
        VALUES ($1, {SqlFundSpends.Waiting}, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static NpgsqlBatchCommand InsertWaiting(FundSpendTerms terms, FundSpendRequest request, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertWaitingSql)
            .With(terms.Id).With(terms.Fund).With(terms.Receiver).With(terms.AmountMicro).With(terms.Kind)
            .With(request.Reason).With(terms.VestsDays).With(at.UtcDateTime).With(request.By);

    /// <summary>Null where there is none.</summary>
    /// <param name="now">By the economy's clock: what has waited too long is expired.</param>
    public async Task<StoredFundSpend?> Find(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Row(row, now) : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<FundSpendPage> Read(
        PageRequest request, bool isWaitingOnly, DateTimeOffset now, CancellationToken cancellation)
    {
        var cursors = new Cursors("fund-spends", "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(PageSql)
            .With(before.At.UtcDateTime).With(before.Id).With(isWaitingOnly).With(now.UtcDateTime)
            .With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var spends = new List<FundSpendView>();
        while (await row.ReadAsync(cancellation))
        {
            spends.Add(Row(row, now).View);
        }

        var shown = spends.Take(request.Limit).ToImmutableArray();
        return new(
            shown, spends.Count > request.Limit ? cursors.WritePlace(new(shown[^1].AskedAt, shown[^1].Id, 0)) : null);
    }

    private static StoredFundSpend Row(NpgsqlDataReader row, DateTimeOffset now) => new(
        new(row.GetGuid(0), row.GetInt16(2), row.GetInt64(3), row.GetInt64(5), row.GetInt16(6), row.GetInt16(8)),
        new(
            row.GetGuid(0), State(row, now), (Fund)row.GetInt16(2), row.GetString(4), new(row.GetInt64(5)),
            (FundSpendKind)row.GetInt16(6), row.GetString(7), row.GetInt16(8), row.Instant(9),
            row.GetString(10), row.InstantOrNull(11),
            row.TextOrNull(12), row.IdOrNull(13)));

    // The row says whether it was paid; whether what waits was rejected, or has waited too long, the desk says.
    private static FundSpendState State(NpgsqlDataReader row, DateTimeOffset now) => (FundSpendState)row.GetInt16(1) switch
    {
        FundSpendState.Waiting when !row.IsDBNull(14) => FundSpendState.Rejected,
        FundSpendState.Waiting when row.InstantOrNull(15) <= now => FundSpendState.Expired,
        var stored => stored,
    };
}

internal sealed record StoredFundSpend(FundSpendTerms Terms, FundSpendView View);
