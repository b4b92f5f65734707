using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Rows of <c>weeks.grants</c>: what a transaction has frozen, written with it.</summary>
/// <param name="grants">At least one.</param>
internal sealed class GrantsEffect(WeekId week, ImmutableArray<Grant> grants) : IEffect
{
    public const short EffectKind = 2;

    private const string InsertSql = """
        INSERT INTO weeks.grants (
            participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position)
        SELECT participant, $1, type, vests_days, amount_micro, unlocks_on, $2, position - 1
        FROM unnest($3::bigint[], $4::text[], $5::smallint[], $6::bigint[], $7::date[])
            WITH ORDINALITY AS new (participant, type, vests_days, amount_micro, unlocks_on, position)
        """;

    public short Kind => EffectKind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(week.Number, grants);

    /// <summary>
    /// Big-endian: the week (4 bytes), then a grant after another: participant (8), the type's length in bytes (4), the
    /// type in UTF-8, days (4), amount (8). The unlock day follows from the commit's time.
    /// </summary>
    public static byte[] Canonical(int week, IEnumerable<Grant> grants)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(number, week);
        bytes.Write(number[..4]);
        foreach (var grant in grants)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, grant.Participant);
            bytes.Write(number);
            var type = Encoding.UTF8.GetBytes(grant.Type);
            BinaryPrimitives.WriteInt32BigEndian(number, type.Length);
            bytes.Write(number[..4]);
            bytes.Write(type);
            BinaryPrimitives.WriteInt32BigEndian(number, grant.VestsDays);
            bytes.Write(number[..4]);
            BinaryPrimitives.WriteInt64BigEndian(number, grant.Amount.Micro);
            bytes.Write(number);
        }

        return bytes.ToArray();
    }

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        var posted = DateOnly.FromDateTime(context.At.UtcDateTime);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(week.Number)
            .With(context.TransactionId)
            .With(grants.Column(grant => grant.Participant))
            .With(grants.Column(grant => grant.Type))
            .With(grants.Column(grant => (short)grant.VestsDays))
            .With(grants.Column(grant => grant.Amount.Micro))
            .With(grants.Column(grant => Unlock.DayOf(posted, grant.VestsDays))));
    }
}

/// <summary>A frozen part of a participant's reward of a week.</summary>
/// <param name="Amount">Above zero.</param>
internal sealed record Grant(long Participant, string Type, int VestsDays, Amount Amount);
