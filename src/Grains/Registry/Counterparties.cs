using System.Diagnostics.Metrics;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Registry;

/// <summary>Somebody who may be paid.</summary>
internal sealed record Counterparty(long Number, bool IsExcluded);

/// <summary>Participants by their ids, as those who pay them name them. Read for many at once.</summary>
internal sealed class Counterparties
{
    private const int IdsMax = 500;
    // A second reader would take what has just come, a few at a time.
    private const int ReadsMax = 1;
    private const int WaitingMax = 10_000;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    // The last change as an operator's clock orders them; see Timeline. An id that belongs to somebody means them. Fenced:
    // nothing is joined the other way round.
    private const string ReadSql = """
        SELECT asked.id, found.number, coalesce((
            SELECT excluded FROM activity.profile_changes
            WHERE participant = found.own AND (excluded IS NOT NULL OR takes_back_exclusion)
            ORDER BY at DESC, uuid DESC LIMIT 1), false) OR coalesce((
            SELECT excluded FROM activity.profile_changes
            WHERE participant = found.number AND (excluded IS NOT NULL OR takes_back_exclusion)
            ORDER BY at DESC, uuid DESC LIMIT 1), false)
        FROM unnest($1::text[]) AS asked (id)
        CROSS JOIN LATERAL (
            SELECT number AS own, coalesce(
                (SELECT survivor FROM activity.linked WHERE identity = participant.number), participant.number) AS number
            FROM activity.participants participant WHERE id = asked.id OFFSET 0) AS found
        """;

    private readonly LookupConnections _lookups;
    private readonly GroupRead<string, Counterparty> _reads;

    public Counterparties(LookupConnections lookups, IMeterFactory meters)
    {
        _lookups = lookups;
        _reads = new(new("counterparties", IdsMax, ReadsMax, WaitingMax, WaitMax), Read, meters, TimeProvider.System);
    }

    /// <summary>Null where nobody has this id, and where the account is excluded: one answer for both.</summary>
    public async Task<long?> Find(string id, CancellationToken cancellation) =>
        await _reads.Get(id, cancellation) is { IsExcluded: false, Number: var number } ? number : null;

    private async Task<IReadOnlyDictionary<string, Counterparty>> Read(
        IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Counterparty>(StringComparer.Ordinal);
        await using var command = _lookups.Source.CreateCommand(ReadSql).With(ids.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(row.GetString(0), new(row.GetInt64(1), row.GetBoolean(2)));
        }

        return found;
    }
}
