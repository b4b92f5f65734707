using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Services;
using Stk.Storage.Sql;

namespace Stk.Grains.Services;

/// <summary>
/// Tables <c>spending.services</c>, <c>service_versions</c> and <c>service_recipients</c>. All SQL that touches them is in
/// this file.
/// </summary>
internal sealed class ServiceTable(NpgsqlDataSource database)
{
    private const string ReadSql = $"SELECT * FROM ({ServiceRows.Services}) AS service WHERE id = $1";

    // A service whose provider has changed it is shown as its provider's proposal, and cannot be bought.
    private const string PageSql = $"""
        SELECT * FROM (
            SELECT * FROM ({ServiceRows.Services}) AS service
            WHERE NOT EXISTS (
                SELECT FROM spending.proposals changed
                WHERE changed.service = service.id AND changed.provider = service.provider_number
                    AND changed.place IS NOT NULL)
            UNION ALL {ServiceRows.Proposals}) AS listed
        WHERE ($1 OR state = {SqlServiceStates.Admitted}) AND (id, space) > ($2, $3)
        ORDER BY id, space LIMIT $4
        """;

    private const string InsertSql = """
        INSERT INTO spending.services (id, version, state, provider, changed_at)
        VALUES ($1, $5, $2, (SELECT number FROM activity.participants WHERE id = $3), $4)
        """;

    // Of two changes at once one finds the other's version.
    private const string MoveSql = """
        WITH moved AS (
            UPDATE spending.services SET version = $6, state = $3, changed_at = $4,
                provider = (SELECT number FROM activity.participants WHERE id = $5)
            WHERE id = $1 AND version = $2 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM moved) = 1, 'this version')
        """;

    private const string InsertVersionSql = """
        INSERT INTO spending.service_versions (
            service, version, name, description, price_micro, roles, shares_bp, days, months, sessions, at, by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string InsertRecipientsSql = """
        INSERT INTO spending.service_recipients (service, version, role, participant)
        SELECT $1, $2, asked.role, participant.number
        FROM unnest($3::text[], $4::text[]) AS asked (role, id) JOIN activity.participants participant USING (id)
        """;

    /// <summary>The newest public version, whatever its state; null where there is none.</summary>
    public async Task<ServiceView?> Read(string id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(id);
        return (await ServiceRows.Read(command, cancellation)).Select(found => found.View).FirstOrDefault();
    }

    /// <summary>
    /// By id, and within one by provider, after an entry: those that can be bought, or also all that wait.
    /// </summary>
    /// <returns>Each with the number of its name space; 0 is the public one.</returns>
    public async Task<ImmutableArray<(ServiceView View, long Space)>> ReadPage(
        bool isWhole, string afterId, long afterSpace, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(PageSql)
            .With(isWhole).With(afterId).With(afterSpace).With((long)limit);
        return await ServiceRows.Read(command, cancellation);
    }

    /// <summary>The commands that store a version as the newest.</summary>
    /// <param name="view">As it is to be.</param>
    /// <param name="before">The version that it follows; null for a service that is new.</param>
    /// <param name="by">Who says so.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(ServiceView view, int? before, string by) =>
    [
        before is { } version
            ? new NpgsqlBatchCommand(MoveSql)
                .With(view.Id).With(version).With((short)view.State).With(view.ChangedAt.UtcDateTime)
                .WithNullable(view.Provider, NpgsqlDbType.Text).With(view.Version)
            : new NpgsqlBatchCommand(InsertSql)
                .With(view.Id).With((short)view.State).WithNullable(view.Provider, NpgsqlDbType.Text)
                .With(view.ChangedAt.UtcDateTime).With(view.Version),
        new NpgsqlBatchCommand(InsertVersionSql)
            .With(view.Id).With(view.Version).With(view.Name).With(view.Description).With(view.Price.Micro)
            .With(view.Split.Select(share => share.Role).ToArray()).With(view.Split.Select(share => share.ShareBp).ToArray())
            .WithNullable(view.Term.Days, NpgsqlDbType.Integer).WithNullable(view.Term.Months, NpgsqlDbType.Integer)
            .WithNullable(view.Term.Sessions, NpgsqlDbType.Integer).With(view.ChangedAt.UtcDateTime).With(by),
        new NpgsqlBatchCommand(InsertRecipientsSql)
            .With(view.Id).With(view.Version).With(view.Recipients.Keys.ToArray()).With(view.Recipients.Values.ToArray()),
    ];
}
