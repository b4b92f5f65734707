using Npgsql;
using Stk.Grains.Suspensions;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>The row of <c>settlement.payouts</c> that says what leaves whom, and for which wallet.</summary>
/// <param name="week">Of whose run it is; null for a withdrawal by hand.</param>
internal sealed class WithdrawalEffect(long participant, PayoutWallet wallet, Amount amount, WeekId? week) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO settlement.payouts (id, participant, wallet, address, amount_micro, week, at)
        SELECT id, participant, wallet, address, amount_micro, nullif(week, 0), $7
        FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::bigint[], $6::integer[])
            WITH ORDINALITY AS made (id, participant, wallet, address, amount_micro, week, place)
        ORDER BY place
        """;

    // In the commit itself: a link that has ended since, or a clock that another silo has not heard of.
    private const string RipeSql = """
        SELECT storage.expect(
            NOT EXISTS (
                SELECT FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS asked (wallet, participant, address)
                WHERE NOT EXISTS (
                    SELECT FROM settlement.wallets link
                    WHERE link.id = asked.wallet AND link.participant = asked.participant AND link.address = asked.address
                        AND link.ended_at IS NULL AND link.payable_from <= $4)),
            'a wallet that may be paid to')
        """;

    /// <summary>Holds <c>settlement.payouts</c> against the journal, as they were asked for.</summary>
    // When it was is not hashed: it is the commit's time. What becomes of it is in the other two effects.
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Withdrawal, "settlement.payouts", """
        SELECT payout.id, payout.participant, payout.wallet, payout.address, payout.amount_micro, payout.week,
            payout.at = commit.at
        FROM settlement.payouts payout
        LEFT JOIN ledger.transactions transaction ON transaction.id = payout.id
        LEFT JOIN ledger.commits commit USING (sequence)
        ORDER BY payout.id
        """,
        row => Canonical(
            row.GetInt64(1), row.GetGuid(2), row.GetString(3), row.GetInt64(4), row.IntOrNull(5),
            !row.IsDBNull(6) && row.GetBoolean(6)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        participant, wallet.Link, wallet.Address, amount.Micro, week?.Number, isSound: true);

    private long Participant => participant;

    private PayoutWallet Wallet => wallet;

    private Amount Amount => amount;

    private WeekId? Week => week;

    /// <summary>Participant (8 bytes), link (16), address (text), amount (8), week (4).</summary>
    public static byte[] Canonical(
        long participant, Guid link, string address, long amountMicro, int? week, bool isSound) =>
        new CanonicalForm()
            .Number(participant).Id(link).Text(address).Number(amountMicro).Small(week).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group)
    {
        var at = group[0].Context.At.UtcDateTime;
        var participants = group.Column((WithdrawalEffect effect, EffectContext _) => effect.Participant);
        var links = group.Column((WithdrawalEffect effect, EffectContext _) => effect.Wallet.Link);
        var addresses = group.Column((WithdrawalEffect effect, EffectContext _) => effect.Wallet.Address);
        batch.BatchCommands.Add(SuspensionTable.ExpectNone(participants));
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(RipeSql).With(links).With(participants).With(addresses).With(at));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((WithdrawalEffect _, EffectContext context) => context.TransactionId))
            .With(participants).With(links).With(addresses)
            .With(group.Column((WithdrawalEffect effect, EffectContext _) => effect.Amount.Micro))
            .With(group.Column((WithdrawalEffect effect, EffectContext _) => effect.Week?.Number ?? 0))
            .With(at));
    }
}

/// <summary>Where a payout goes.</summary>
/// <param name="Link">The id of the wallet's link.</param>
/// <param name="Address">Base58.</param>
internal readonly record struct PayoutWallet(Guid Link, string Address);
