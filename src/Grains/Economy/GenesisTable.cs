using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Economy;

/// <summary>Table <c>economy.genesis</c>. All SQL that writes it is in this file.</summary>
internal sealed class GenesisTable(NpgsqlDataSource database)
{
    private const string ReadSql = "SELECT at FROM economy.genesis";

    private const string SetSql = "INSERT INTO economy.genesis (at) VALUES ($1) ON CONFLICT (one) DO NOTHING";

    public async Task<DateTimeOffset?> Read(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? row.Instant(0) : null;
    }

    /// <summary>Sets genesis once. Returns what stands: the first to come decides.</summary>
    public async Task<DateTimeOffset> Set(DateTimeOffset genesis, CancellationToken cancellation)
    {
        await using (var command = database.CreateCommand(SetSql).With(genesis.ToUniversalTime()))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        return await Read(cancellation)
            ?? throw new InvalidOperationException("economy.genesis is empty right after it was set");
    }
}
