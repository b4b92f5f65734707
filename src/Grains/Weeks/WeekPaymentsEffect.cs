using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// The row of <c>weeks.settlements</c>, as the table is still called, that says that a part of a shard is paid.
/// </summary>
internal sealed class WeekPaymentsEffect(
    WeekId week, int shard, int part, int participants, Amount available, Amount frozen) : IEffect
{
    private const string InsertSql = """
        INSERT INTO weeks.settlements (
            week, shard, part, transaction_id, participants, available_micro, frozen_micro)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Holds <c>weeks.settlements</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.WeekPayments, "weeks.settlements", """
        SELECT transaction_id, week, shard, part, participants, available_micro, frozen_micro
        FROM weeks.settlements ORDER BY transaction_id
        """,
        row => Canonical(
            row.GetInt32(1), row.GetInt16(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), row.GetInt64(6)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(week.Number, shard, part, participants, available.Micro, frozen.Micro);

    /// <summary>Week, shard, part, participants (4 bytes each), available, frozen (8 each).</summary>
    public static byte[] Canonical(int week, int shard, int part, int participants, long availableMicro, long frozenMicro) =>
        new CanonicalForm()
            .Small(week).Small(shard).Small(part).Small(participants).Number(availableMicro).Number(frozenMicro).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(week.Number).With((short)shard).With(part).With(context.TransactionId).With(participants)
            .With(available.Micro).With(frozen.Micro));
}
