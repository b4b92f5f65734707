namespace Stk.Verification;

// Reason 6: it is above what one payout may be, which the signer alone says.
internal sealed class RefusedPayoutsWait() : SqlInvariant(
    "I41", "Each payout that is set aside, or was given back for its size, was in an act that the signer has refused by that rule.", """
    WITH refused AS (
        SELECT refusal.act, refusal.rule, refusal.payout AS named, (planned ->> 'id')::uuid AS payout
        FROM settlement.refusals refusal JOIN settlement.acts act ON act.id = refusal.act
        CROSS JOIN LATERAL json_array_elements(act.plan -> 'payouts') AS planned)
    SELECT 'settlement.payouts', format('payout %s', payout.id), format('an act that was refused by %s', payout.refused_by),
        'none'
    FROM settlement.payouts payout
    WHERE payout.refused_by IS NOT NULL AND NOT EXISTS (
        SELECT FROM refused WHERE refused.payout = payout.id AND refused.rule = payout.refused_by)
    UNION ALL
    SELECT 'settlement.payouts', format('payout %s', payout.id), 'refused by payout-max before it was given back',
        format('act %s, which was not', coalesce(payout.act::text, 'none'))
    FROM settlement.payouts payout
    WHERE payout.reason = 6 AND NOT EXISTS (
        SELECT FROM refused WHERE refused.act = payout.act AND refused.payout = payout.id AND refused.named = payout.id
            AND refused.rule = 'payout-max')
    """);
