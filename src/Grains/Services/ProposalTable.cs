using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Services;
using Stk.Storage.Sql;

namespace Stk.Grains.Services;

/// <summary>Table <c>spending.proposals</c>: what waits for an operator, in its provider's name space.</summary>
internal sealed class ProposalTable(NpgsqlDataSource database)
{
    /// <summary>Most that wait of one provider; the table's places say so too.</summary>
    public const int MaxOpen = 10;

    private const string ReadSql = $"""
        SELECT * FROM ({ServiceRows.Proposals}) AS proposal
        WHERE id = $1 AND ($2::text IS NULL OR provider = $2) ORDER BY space LIMIT 2
        """;

    private const string OpenSql = """
        SELECT count(*) FROM spending.proposals JOIN activity.participants participant ON participant.number = provider
        WHERE participant.id = $1 AND place IS NOT NULL
        """;

    // Those that were turned down count too: no version says two things.
    private const string LastVersionSql = "SELECT coalesce(max(version), 0) FROM spending.proposals WHERE service = $1";

    // Of two changes at once, and of two that take the last place, one finds the other's.
    private const string PutSql = """
        WITH put AS (
            INSERT INTO spending.proposals (
                provider, service, version, place, name, description, price_micro, roles, shares_bp, days, months, sessions,
                recipient_roles, recipients, changed_at)
            SELECT participant.number, $2, $3, free.place, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
            FROM activity.participants participant
            CROSS JOIN LATERAL (
                SELECT seat.number AS place FROM generate_series(1, 10) AS seat (number)
                WHERE NOT EXISTS (
                    SELECT FROM spending.proposals taken
                    WHERE taken.provider = participant.number AND taken.place = seat.number AND taken.service <> $2)
                ORDER BY seat.number LIMIT 1) AS free
            WHERE participant.id = $1
            ON CONFLICT (provider, service) DO UPDATE SET
                version = excluded.version, place = excluded.place, name = excluded.name, description = excluded.description,
                price_micro = excluded.price_micro, roles = excluded.roles, shares_bp = excluded.shares_bp,
                days = excluded.days, months = excluded.months, sessions = excluded.sessions,
                recipient_roles = excluded.recipient_roles, recipients = excluded.recipients,
                changed_at = excluded.changed_at
            WHERE proposals.version < excluded.version
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM put) = 1, 'this proposal')
        """;

    private const string DropSql = """
        WITH dropped AS (
            UPDATE spending.proposals SET place = NULL, version = $4
            WHERE service = $1 AND version = $3 AND place IS NOT NULL
                AND provider = (SELECT number FROM activity.participants WHERE id = $2) RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM dropped) = 1, 'this proposal')
        """;

    private const string DropAllSql = "DELETE FROM spending.proposals WHERE service = $1 AND version <= $2";

    /// <summary>A provider's open proposal under an id; null where it has none.</summary>
    public async Task<ServiceView?> Read(string service, string provider, CancellationToken cancellation) =>
        (await Find(service, provider, cancellation)).FirstOrDefault();

    /// <summary>Open proposals under an id, at most two of them.</summary>
    public Task<ImmutableArray<ServiceView>> ReadFirst(string service, CancellationToken cancellation) =>
        Find(service, provider: null, cancellation);

    /// <summary>How many a provider has open.</summary>
    public async Task<int> CountOpen(string provider, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(OpenSql).With(provider);
        return (int)(long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The highest version that a proposal under an id was given; 0 where there is none.</summary>
    public async Task<int> ReadLastVersion(string service, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastVersionSql).With(service);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The command that stores a version as its provider's newest, and opens it.</summary>
    public static NpgsqlBatchCommand Put(ServiceView view) => new NpgsqlBatchCommand(PutSql)
        .With(view.Provider!).With(view.Id).With(view.Version).With(view.Name).With(view.Description).With(view.Price.Micro)
        .With(view.Split.Select(share => share.Role).ToArray()).With(view.Split.Select(share => share.ShareBp).ToArray())
        .WithNullable(view.Term.Days, NpgsqlDbType.Integer).WithNullable(view.Term.Months, NpgsqlDbType.Integer)
        .WithNullable(view.Term.Sessions, NpgsqlDbType.Integer)
        .With(view.Recipients.Keys.ToArray()).With(view.Recipients.Values.ToArray()).With(view.ChangedAt.UtcDateTime);

    /// <summary>The command that turns down one proposal, as it was read.</summary>
    /// <param name="version">That it ends with.</param>
    public static NpgsqlBatchCommand Drop(ServiceView view, int version) =>
        new NpgsqlBatchCommand(DropSql).With(view.Id).With(view.Provider!).With(view.Version).With(version);

    /// <summary>The command that ends all proposals under an id that has become public.</summary>
    /// <param name="below">The public version: what is proposed meanwhile stays.</param>
    public static NpgsqlBatchCommand DropAll(string service, int below) =>
        new NpgsqlBatchCommand(DropAllSql).With(service).With(below);

    private async Task<ImmutableArray<ServiceView>> Find(string service, string? provider, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql)
            .With(service).WithNullable(provider, NpgsqlDbType.Text);
        return [.. (await ServiceRows.Read(command, cancellation)).Select(found => found.View)];
    }
}
