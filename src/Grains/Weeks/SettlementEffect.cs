using System.Buffers.Binary;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>The row of <c>weeks.settlements</c> that says that a part of a shard is paid.</summary>
internal sealed class SettlementEffect(
    WeekId week, int shard, int part, int participants, Amount available, Amount frozen) : IEffect
{
    public const short EffectKind = 1;

    private const string InsertSql = """
        INSERT INTO weeks.settlements (
            week, shard, part, transaction_id, participants, available_micro, frozen_micro)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    public short Kind => EffectKind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(week.Number, shard, part, participants, available.Micro, frozen.Micro);

    /// <summary>Big-endian: week, shard, part, participants (4 bytes each), available, frozen (8 bytes each).</summary>
    public static byte[] Canonical(int week, int shard, int part, int participants, long availableMicro, long frozenMicro)
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(bytes, week);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), shard);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), part);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), participants);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), availableMicro);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), frozenMicro);
        return bytes;
    }

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(week.Number).With((short)shard).With(part).With(context.TransactionId).With(participants)
            .With(available.Micro).With(frozen.Micro));
}
