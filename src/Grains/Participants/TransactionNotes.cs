using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Participants;

/// <summary>What a participant may know of a transaction beside its postings.</summary>
/// <param name="Counterparty">The other side's id, where there is one other participant.</param>
/// <param name="Grant">The frozen reward that it decides.</param>
internal sealed record TransactionNote(string? Counterparty, string? Note, string? Service, DecidedGrantView? Grant = null);

/// <summary>Reads what effects say of transactions. Reads only.</summary>
internal sealed class TransactionNotes(NpgsqlDataSource database)
{
    // A seller is not told who has bought: see SaleView.
    private const string ReadSql = """
        SELECT transfer.id, coalesce(other.id, 'erased-' || side.number), notes.note, NULL::text, NULL::text, NULL::integer,
            NULL::text, NULL::smallint
        FROM spending.transfers transfer
        CROSS JOIN LATERAL (
            SELECT CASE WHEN transfer.sender = $2 THEN transfer.receiver ELSE transfer.sender END AS number) AS side
        LEFT JOIN activity.participants other ON other.number = side.number
        LEFT JOIN spending.notes ON notes.id = transfer.id
        WHERE transfer.id = ANY($1)
        UNION ALL
        SELECT bought.id, sold.id, NULL, bought.service, NULL, NULL, NULL, NULL
        FROM (
            SELECT id, id AS purchase, service, buyer FROM spending.purchases WHERE id = ANY($1)
            UNION ALL
            SELECT refund.id, purchase, service, buyer
            FROM spending.refunds refund JOIN spending.purchases purchase ON purchase.id = refund.purchase
            WHERE refund.id = ANY($1)) AS bought
        LEFT JOIN LATERAL (
            SELECT CASE WHEN min(part.recipient) = max(part.recipient) AND bought.buyer = $2
                THEN (
                    SELECT participant.id FROM activity.participants participant
                    WHERE participant.number = min(part.recipient))
                END AS id
            FROM spending.purchase_parts part WHERE part.purchase = bought.purchase) AS sold ON true
        UNION ALL
        SELECT decision.transaction_id, NULL, NULL, NULL,
            coalesce(granted.transaction_id || '.' || granted.position, decision.granted::text), decision.week,
            decision.type, decision.vests_days
        FROM vesting.decisions decision
        LEFT JOIN weeks.grants granted USING (participant, week, type, vests_days)
        WHERE decision.transaction_id = ANY($1)
        """;

    /// <summary>By transaction; one of which there is nothing to say is absent.</summary>
    /// <param name="participant">Who asks.</param>
    public async Task<ImmutableDictionary<Guid, TransactionNote>> Read(
        IEnumerable<Guid> transactions, long participant, CancellationToken cancellation)
    {
        Guid[] ids = [.. transactions.Distinct()];
        var notes = ImmutableDictionary.CreateBuilder<Guid, TransactionNote>();
        if (ids.Length == 0)
        {
            return notes.ToImmutable();
        }

        await using var command = database.CreateCommand(ReadSql).With(ids).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            notes[row.GetGuid(0)] = new(row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), Grant(row));
        }

        return notes.ToImmutable();
    }

    private static DecidedGrantView? Grant(NpgsqlDataReader row) => row.TextOrNull(4) is { } id
        ? new(id, row.IntOrNull(5) is { } week ? WeekId.OfNumber(week) : null, row.TextOrNull(6), row.GetInt16(7))
        : null;
}
