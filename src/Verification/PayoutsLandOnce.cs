namespace Stk.Verification;

// States of payouts: 2 taken, 3 paid. Of acts: 4 finalized. A payout that an act had and that waits anew is in several
// plans, of which one alone can be final, since its row names one act.
internal sealed class PayoutsLandOnce() : SqlInvariant(
    "I31", "Each payout is in one finalized act and paid, or in none and not.", """
    WITH final AS (
        SELECT act.id AS act, act.is_closed, (planned ->> 'id')::uuid AS payout,
            (planned ->> 'amountMicro')::numeric AS micro, planned ->> 'wallet' AS wallet
        FROM settlement.acts act CROSS JOIN LATERAL json_array_elements(act.plan -> 'payouts') AS planned
        WHERE act.kind = 1 AND act.state = 4)
    SELECT 'settlement.payouts', format('payout %s', final.payout),
        format('%s micro to %s, by act %s, %s', final.micro, final.wallet, final.act,
            CASE WHEN final.is_closed THEN 'paid' ELSE 'taken or paid' END),
        CASE WHEN payout.id IS NULL THEN 'none'
            ELSE format('%s micro to %s, by act %s, state %s', payout.amount_micro, payout.address,
                coalesce(payout.act::text, 'none'), payout.state) END
    FROM final LEFT JOIN settlement.payouts payout ON payout.id = final.payout
    WHERE (payout.act, payout.amount_micro, payout.address) IS DISTINCT FROM (final.act, final.micro, final.wallet)
        OR NOT (payout.state = 3 OR (payout.state = 2 AND NOT final.is_closed))
    UNION ALL
    SELECT 'settlement.payouts', format('payout %s', payout.id), 'in the plan of its finalized act',
        format('paid by act %s, which is not final or has not planned it', payout.act)
    FROM settlement.payouts payout LEFT JOIN final ON final.payout = payout.id AND final.act = payout.act
    WHERE payout.state = 3 AND final.payout IS NULL
    """);
