using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Entitlements;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Entitlements;

/// <summary>
/// Tables <c>spending.entitlements</c> and <c>entitlement_uses</c>. A purchase's effect inserts the first, a refund's ends
/// it; all other SQL that touches them is in this file.
/// </summary>
internal sealed class EntitlementTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT id, service, begins_at, ends_at, sessions, used, ended_at, first, choice.max_price_micro
        FROM spending.entitlements entitlement
        LEFT JOIN LATERAL (
            SELECT max_price_micro FROM spending.renewal_choices
            WHERE entitlement.months IS NOT NULL
                AND renewal_choices.entitlement = coalesce(entitlement.first, entitlement.id)
            ORDER BY number DESC LIMIT 1) AS choice ON true
        WHERE participant = $1 ORDER BY begins_at DESC, id DESC
        """;

    private const string FindUseSql = """
        SELECT used.entitlement, used.at, used.left_after, entitlement.participant, entitlement.service
        FROM spending.entitlement_uses used JOIN spending.entitlements entitlement ON entitlement.id = used.entitlement
        WHERE used.source = $1 AND used.id = $2
        """;

    // The row is locked by its update: of two uses of the last session one finds none left.
    private const string UseSql = """
        WITH taken AS (
            UPDATE spending.entitlements SET used = used + 1
            WHERE id = $3 AND ended_at IS NULL AND used < sessions AND (ends_at IS NULL OR ends_at > $4)
            RETURNING id, sessions - used AS left_after)
        INSERT INTO spending.entitlement_uses (source, id, entitlement, at, left_after)
        SELECT $1, $2, id, $4, left_after FROM taken RETURNING left_after
        """;

    /// <summary>Newest first, ended ones too.</summary>
    public async Task<ImmutableArray<EntitlementView>> Read(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entitlements = ImmutableArray.CreateBuilder<EntitlementView>();
        while (await row.ReadAsync(cancellation))
        {
            entitlements.Add(new(
                row.GetGuid(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3),
                row.IntOrNull(4), row.GetInt32(5), row.InstantOrNull(6), row.IdOrNull(7),
                row.LongOrNull(8) is { } micro ? new Amount(micro) : null));
        }

        return entitlements.DrainToImmutable();
    }

    /// <summary>A use as it was answered; null where this source has not used this id.</summary>
    public async Task<StoredUse?> FindUse(string source, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindUseSql).With(source).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                row.GetInt64(3), row.GetString(4),
                new(id, row.GetGuid(0), row.Instant(1), row.GetInt32(2)))
            : null;
    }

    /// <summary>Takes a session.</summary>
    /// <returns>What is left after it; null where none was left, or the entitlement has ended.</returns>
    /// <exception cref="PostgresException">23505: this source has used this id.</exception>
    public async Task<int?> Use(string source, Guid id, Guid entitlement, DateTimeOffset at)
    {
        await using var command = database.CreateCommand(UseSql)
            .With(source).With(id).With(entitlement).With(at.UtcDateTime);
        return await command.ExecuteScalarAsync() as int?;
    }
}

internal sealed record StoredUse(long Participant, string Service, UseView View);
