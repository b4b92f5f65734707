using System.Collections.Immutable;
using Npgsql;
using Stk.Grains.Signing;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>Table <c>settlement.wallets</c>, as the signer is told of it.</summary>
internal sealed class LinkTable(NpgsqlDataSource database)
{
    private const string OpenSql = """
        SELECT id, linked_at FROM settlement.wallets WHERE ended_at IS NULL AND linked_at >= $1 ORDER BY linked_at, id
        """;

    private const string ReadSql = """
        SELECT person.id, link.address, link.proof::text
        FROM settlement.wallets link JOIN activity.participants person ON person.number = link.participant
        WHERE link.id = ANY ($1) AND link.ended_at IS NULL
        """;

    /// <summary>Open links of an instant or later, the oldest first.</summary>
    public async Task<ImmutableArray<(Guid Id, DateTimeOffset LinkedAt)>> ReadOpen(
        DateTimeOffset from, CancellationToken cancellation)
    {
        var links = ImmutableArray.CreateBuilder<(Guid, DateTimeOffset)>();
        await using var command = database.CreateCommand(OpenSql).With(from.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            links.Add((row.GetGuid(0), row.Instant(1)));
        }

        return links.ToImmutable();
    }

    /// <summary>Those of them that are open still, with whose they are and their proof.</summary>
    public async Task<ImmutableArray<LinkedWallet>> Read(Guid[] ids, CancellationToken cancellation)
    {
        var links = ImmutableArray.CreateBuilder<LinkedWallet>();
        await using var command = database.CreateCommand(ReadSql).With(ids);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            links.Add(new(row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return links.ToImmutable();
    }
}
