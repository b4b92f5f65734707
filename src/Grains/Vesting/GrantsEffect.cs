using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>Rows of <c>weeks.grants</c>: what a transaction has frozen, written with it.</summary>
/// <param name="shard">Of all their participants. Not hashed: it follows from the participant.</param>
/// <param name="grants">At least one.</param>
internal sealed class GrantsEffect(WeekId week, int shard, ImmutableArray<Grant> grants) : IEffect
{
    private const string InsertSql = """
        INSERT INTO weeks.grants (
            participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position, shard)
        SELECT participant, $1, type, vests_days, amount_micro, unlocks_on, $2, position - 1, $8
        FROM unnest($3::bigint[], $4::text[], $5::smallint[], $6::bigint[], $7::date[])
            WITH ORDINALITY AS new (participant, type, vests_days, amount_micro, unlocks_on, position)
        """;

    /// <inheritdoc cref="GrantsCheck"/>
    public static IEffectCheck Check { get; } = new GrantsCheck();

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(week.Number, grants);

    /// <summary>
    /// The week (4 bytes), then a grant after another: participant (8), type (text), days (4), amount (8). The unlock day
    /// follows from the commit's time.
    /// </summary>
    public static byte[] Canonical(int week, IEnumerable<Grant> grants)
    {
        var form = new CanonicalForm().Small(week);
        foreach (var grant in grants)
        {
            form.Number(grant.Participant).Text(grant.Type).Small(grant.VestsDays).Number(grant.Amount.Micro);
        }

        return form.ToArray();
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
            .With(grants.Column(grant => Unlock.DayOf(posted, grant.VestsDays)))
            .With((short)shard));
    }
}

/// <summary>A frozen part of a participant's reward of a week.</summary>
/// <param name="Amount">Above zero.</param>
internal sealed record Grant(long Participant, string Type, int VestsDays, Amount Amount);
