using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Services;
using Stk.Storage.Sql;

namespace Stk.Grains.Services;

/// <summary>What services and proposals have in common when they are read: one row each, in one order of columns.</summary>
internal static class ServiceRows
{
    /// <summary>The newest version of each public service, and 0 for whose name space it stands in.</summary>
    public const string Services = """
        SELECT service.id, service.version, service.state, version.name, version.description, version.price_micro,
            version.roles, version.shares_bp, version.days, version.months, version.sessions, service.changed_at,
            provider.id AS provider,
            ARRAY(SELECT role FROM spending.service_recipients recipient
                WHERE recipient.service = service.id AND recipient.version = service.version ORDER BY role)
                AS recipient_roles,
            ARRAY(SELECT coalesce(participant.id, 'erased-' || recipient.participant)
                FROM spending.service_recipients recipient
                LEFT JOIN activity.participants participant ON participant.number = recipient.participant
                WHERE recipient.service = service.id AND recipient.version = service.version ORDER BY role) AS recipients,
            0::bigint AS space, service.provider AS provider_number
        FROM spending.services service
        JOIN spending.service_versions version ON version.service = service.id AND version.version = service.version
        LEFT JOIN activity.participants provider ON provider.number = service.provider
        """;

    /// <summary>The open proposals, and the number of whose name space each stands in.</summary>
    public const string Proposals = $"""
        SELECT proposal.service AS id, proposal.version, {SqlServiceStates.Proposed}::smallint AS state, proposal.name,
            proposal.description, proposal.price_micro, proposal.roles, proposal.shares_bp, proposal.days, proposal.months,
            proposal.sessions, proposal.changed_at, coalesce(provider.id, 'erased-' || proposal.provider) AS provider,
            proposal.recipient_roles, proposal.recipients, proposal.provider AS space, proposal.provider AS provider_number
        FROM spending.proposals proposal LEFT JOIN activity.participants provider ON provider.number = proposal.provider
        WHERE proposal.place IS NOT NULL
        """;

    /// <summary>Reads them all; the second value is the name space's number.</summary>
    public static async Task<ImmutableArray<(ServiceView View, long Space)>> Read(
        NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var services = ImmutableArray.CreateBuilder<(ServiceView, long)>();
        while (await row.ReadAsync(cancellation))
        {
            services.Add((View(row), row.GetInt64(15)));
        }

        return services.DrainToImmutable();
    }

    private static ServiceView View(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), (ServiceState)row.GetInt16(2), row.GetString(3), row.GetString(4),
        new(row.GetInt64(5)),
        [
            .. row.GetFieldValue<string[]>(6).Zip(
                row.GetFieldValue<int[]>(7), (role, shareBp) => new SplitShareView(role, shareBp)),
        ],
        new(row.IntOrNull(8), row.IntOrNull(9), row.IntOrNull(10)),
        row.GetFieldValue<string[]>(13).Zip(row.GetFieldValue<string[]>(14), KeyValuePair.Create).ToImmutableDictionary(),
        row.TextOrNull(12),
        row.Instant(11));
}
