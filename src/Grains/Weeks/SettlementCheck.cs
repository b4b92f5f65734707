using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Grains.Weeks;

/// <summary>Reads <c>weeks.settlements</c> back, to be held against the journal.</summary>
public sealed class SettlementCheck : IEffectCheck
{
    private const string Sql = """
        SELECT transaction_id, week, shard, part, participants, available_micro, frozen_micro
        FROM weeks.settlements ORDER BY transaction_id
        """;

    public short Kind => SettlementEffect.EffectKind;

    public string Table => "weeks.settlements";

    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(row.GetGuid(0), SettlementEffect.Canonical(
                row.GetInt32(1), row.GetInt16(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), row.GetInt64(6)));
        }
    }
}
