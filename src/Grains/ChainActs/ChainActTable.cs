using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Grains.Payouts;
using Stk.Grains.Settling;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Storage.Sql;

namespace Stk.Grains.ChainActs;

/// <summary>Acts on chain that pay nobody, as people read them. Nothing is written here.</summary>
internal sealed class ChainActTable(NpgsqlDataSource database)
{
    private const string Columns = """
        SELECT asked.id, asked.kind, asked.amount_micro, asked.text, asked.week, asked.at, asked.approved_at,
            request.asked_by, request.reason, request.expires_at, decision.is_approved, decision.by, decision.at, act.state,
            coalesce(act.landed_signature, last.signature), act.landed_slot, coalesce(last.number, 0),
            (SELECT max(number) FROM settlement.hand_signatures signed WHERE signed.act = asked.id),
            asked.deposit, asked.wallet
        FROM settlement.asked_acts asked
        LEFT JOIN approvals.requests request ON request.id = asked.id
        LEFT JOIN approvals.decisions decision ON decision.request = asked.id
        LEFT JOIN settlement.acts act ON act.id = asked.id
        LEFT JOIN LATERAL (
            SELECT number, signature FROM settlement.attempts WHERE attempts.act = asked.id ORDER BY number DESC LIMIT 1)
            AS last ON true
        """;

    private const string FindSql = Columns + " WHERE asked.id = $1";

    private const string ListSql = Columns + """
         WHERE (asked.at, asked.id) < ($1, $2) ORDER BY asked.at DESC, asked.id DESC LIMIT $3
        """;

    /// <summary>Null where there is none of this id.</summary>
    /// <param name="now">By the economy's clock: what has waited too long has lapsed.</param>
    public async Task<StoredChainAct?> Find(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Row(row, now) : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<ChainActPage> List(PageRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        var cursors = new Cursors("chain-acts", "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(ListSql)
            .With(before.At.UtcDateTime).With(before.Id).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var acts = new List<ChainActView>();
        while (await row.ReadAsync(cancellation))
        {
            acts.Add(Row(row, now).View);
        }

        var shown = acts.Take(request.Limit).ToImmutableArray();
        return new(
            shown,
            acts.Count > request.Limit ? cursors.WritePlace(new(shown[^1].AskedAt, shown[^1].Id, 0)) : null);
    }

    private static StoredChainAct Row(NpgsqlDataReader row, DateTimeOffset now)
    {
        var kind = (ActKind)row.GetInt16(1);
        Amount? amount = row.LongOrNull(2) is { } micro ? new Amount(micro) : null;
        var expires = row.InstantOrNull(9);
        ActState? state = row.IsDBNull(13) ? null : (ActState)row.GetInt16(13);
        var attempts = row.GetInt32(16);
        var isSigned = row.IntOrNull(17) > attempts;
        bool? isApproved = row.IsDBNull(10) ? null : row.GetBoolean(10);
        var id = row.GetGuid(0);
        var isOfWeek = !row.IsDBNull(4);
        return new(
            new(
                id, SettlingNames.Of(kind), amount, row.TextOrNull(3),
                state is { } known and not ActState.Planned && !(known == ActState.Expired && isSigned)
                    ? SettlingNames.Of(known)
                    : !row.IsDBNull(6) ? isSigned ? SettlingNames.Of(ActState.Signed) : "approved"
                    : isApproved is false ? "rejected"
                    : expires <= now ? "lapsed"
                    : "asked",
                isOfWeek ? WeekId.OfNumber(row.GetInt32(4)) : null, row.TextOrNull(7), row.Instant(5), row.TextOrNull(8),
                expires, row.TextOrNull(11), row.InstantOrNull(12), row.TextOrNull(14), row.LongOrNull(15),
                To: row.TextOrNull(19)),
            new(
                id, kind, amount, row.TextOrNull(3), isOfWeek,
                row.TextOrNull(19) is { } wallet ? new(row.GetGuid(18), wallet) : null),
            attempts + 1,
            IsAwaited: !row.IsDBNull(6) && !isOfWeek && !isSigned
                && state is null or ActState.Planned or ActState.Expired);
    }
}

/// <param name="Number">Of the attempt that is to be signed next.</param>
/// <param name="IsAwaited">Whether a signature of that attempt is waited for.</param>
internal sealed record StoredChainAct(ChainActView View, AskedChainAct Act, int Number, bool IsAwaited);
