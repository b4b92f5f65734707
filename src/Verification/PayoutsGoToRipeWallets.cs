namespace Stk.Verification;

// That a link was proved is I30's. Who is erased has no links any more; what they were paid stays.
internal sealed class PayoutsGoToRipeWallets() : SqlInvariant(
    "I34", "Each payout goes to a wallet that its participant had linked, and that was ripe, when it was asked for.", """
    SELECT 'settlement.payouts', format('payout %s', payout.id),
        format('participant %s, %s, ripe and open at %s', payout.participant, payout.address, payout.at),
        CASE WHEN link.id IS NULL THEN 'no such link'
            ELSE format('participant %s, %s, ripe from %s, ended at %s', link.participant, link.address, link.payable_from,
                coalesce(link.ended_at::text, 'no time')) END
    FROM settlement.payouts payout LEFT JOIN settlement.wallets link ON link.id = payout.wallet
    WHERE EXISTS (SELECT FROM activity.participants person WHERE person.number = payout.participant)
        AND NOT coalesce(
            link.participant = payout.participant AND link.address = payout.address AND link.payable_from <= payout.at
                AND (link.ended_at IS NULL OR link.ended_at >= payout.at), false)
    ORDER BY payout.number
    """);
