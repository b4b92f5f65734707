using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Services;
using Stk.Storage.Sql;

namespace Stk.Grains.Services;

/// <summary>
/// Tables <c>spending.services</c>, <c>service_versions</c> and <c>service_recipients</c>. All SQL that touches them is in
/// this file.
/// </summary>
internal sealed class ServiceTable(NpgsqlDataSource database)
{
    private const string ReadSql = $"""
        SELECT service.id, service.version, service.state, version.name, version.description, version.price_micro,
            version.roles, version.shares_bp, version.days, version.months, version.sessions, service.changed_at,
            provider.id,
            ARRAY(SELECT role FROM spending.service_recipients recipient
                WHERE recipient.service = service.id AND recipient.version = service.version ORDER BY role),
            ARRAY(SELECT coalesce(participant.id, 'erased-' || recipient.participant)
                FROM spending.service_recipients recipient
                LEFT JOIN activity.participants participant ON participant.number = recipient.participant
                WHERE recipient.service = service.id AND recipient.version = service.version ORDER BY role)
        FROM spending.services service
        JOIN spending.service_versions version ON version.service = service.id AND version.version = service.version
        LEFT JOIN activity.participants provider ON provider.number = service.provider
        WHERE ($1::text IS NULL OR service.id = $1) AND ($2 OR service.state = {SqlServiceStates.Admitted})
        ORDER BY service.id
        """;

    private const string InsertSql = """
        INSERT INTO spending.services (id, version, state, provider, changed_at)
        VALUES ($1, 1, $2, (SELECT number FROM activity.participants WHERE id = $3), $4)
        """;

    // Of two changes at once one finds the other's version.
    private const string MoveSql = """
        WITH moved AS (
            UPDATE spending.services SET version = version + 1, state = $3, changed_at = $4
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

    /// <summary>The newest version, whatever its state; null where there is none.</summary>
    public async Task<ServiceView?> Read(string id, CancellationToken cancellation) =>
        (await Read(id, isWhole: true, cancellation)).FirstOrDefault();

    /// <summary>By id: those that can be bought, or all.</summary>
    public Task<ImmutableArray<ServiceView>> ReadAll(bool isWhole, CancellationToken cancellation) =>
        Read(id: null, isWhole, cancellation);

    /// <summary>The commands that store a version as the newest.</summary>
    /// <param name="view">As it is to be; version 1 is a new service.</param>
    /// <param name="by">Who says so.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(ServiceView view, string by) =>
    [
        view.Version == 1
            ? new NpgsqlBatchCommand(InsertSql)
                .With(view.Id).With((short)view.State).WithNullable(view.Provider, NpgsqlDbType.Text)
                .With(view.ChangedAt.UtcDateTime)
            : new NpgsqlBatchCommand(MoveSql)
                .With(view.Id).With(view.Version - 1).With((short)view.State).With(view.ChangedAt.UtcDateTime),
        new NpgsqlBatchCommand(InsertVersionSql)
            .With(view.Id).With(view.Version).With(view.Name).With(view.Description).With(view.Price.Micro)
            .With(view.Split.Select(share => share.Role).ToArray()).With(view.Split.Select(share => share.ShareBp).ToArray())
            .WithNullable(view.Term.Days, NpgsqlDbType.Integer).WithNullable(view.Term.Months, NpgsqlDbType.Integer)
            .WithNullable(view.Term.Sessions, NpgsqlDbType.Integer).With(view.ChangedAt.UtcDateTime).With(by),
        new NpgsqlBatchCommand(InsertRecipientsSql)
            .With(view.Id).With(view.Version).With(view.Recipients.Keys.ToArray()).With(view.Recipients.Values.ToArray()),
    ];

    private async Task<ImmutableArray<ServiceView>> Read(string? id, bool isWhole, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).WithNullable(id, NpgsqlDbType.Text).With(isWhole);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var services = ImmutableArray.CreateBuilder<ServiceView>();
        while (await row.ReadAsync(cancellation))
        {
            services.Add(new(
                row.GetString(0), row.GetInt32(1), (ServiceState)row.GetInt16(2), row.GetString(3), row.GetString(4),
                new(row.GetInt64(5)),
                [
                    .. row.GetFieldValue<string[]>(6).Zip(
                        row.GetFieldValue<int[]>(7), (role, shareBp) => new SplitShareView(role, shareBp)),
                ],
                new(row.IntOrNull(8), row.IntOrNull(9), row.IntOrNull(10)),
                row.GetFieldValue<string[]>(13)
                    .Zip(row.GetFieldValue<string[]>(14), KeyValuePair.Create).ToImmutableDictionary(),
                row.TextOrNull(12),
                row.Instant(11)));
        }

        return services.DrainToImmutable();
    }
}
