namespace Stk.Verification;

internal sealed class PurchasesAreWhole() : SqlInvariant(
    "I18", "Each purchase has its parts and one entitlement, which has ended where it was refunded, once, and nowhere else.", """
    SELECT 'spending.purchase_parts', format('purchase %s', id), format('%s micro in all', price_micro),
        format('%s', coalesce(micro, 0))
    FROM spending.purchases
    LEFT JOIN (
        SELECT purchase AS id, sum(amount_micro) AS micro FROM spending.purchase_parts GROUP BY purchase) AS parts
    USING (id)
    WHERE price_micro IS DISTINCT FROM micro
    UNION ALL
    SELECT 'spending.purchase_parts', format('purchase %s', purchase), 'its purchase', 'none'
    FROM spending.purchase_parts part
    WHERE NOT EXISTS (SELECT FROM spending.purchases purchase WHERE purchase.id = part.purchase)
    UNION ALL
    SELECT 'spending.entitlements', format('id %s', id),
        CASE WHEN purchase.service IS NULL THEN 'none: nobody has bought it'
            ELSE format('of participant %s to %s', purchase.buyer, purchase.service) END,
        CASE WHEN entitlement.service IS NULL THEN 'none'
            ELSE format('of participant %s to %s', entitlement.participant, entitlement.service) END
    FROM spending.purchases purchase FULL JOIN spending.entitlements entitlement USING (id)
    WHERE (purchase.buyer, purchase.service) IS DISTINCT FROM (entitlement.participant, entitlement.service)
    UNION ALL
    SELECT 'spending.entitlements', format('id %s', entitlement.id),
        CASE WHEN refunds.times IS NULL THEN 'in force: nothing was refunded' ELSE 'ended by its refund' END,
        coalesce(format('ended at %s', ended_at), 'in force')
    FROM spending.entitlements entitlement
    LEFT JOIN (SELECT purchase, count(*) AS times FROM spending.refunds GROUP BY purchase) AS refunds
        ON refunds.purchase = entitlement.id
    WHERE (ended_at IS NULL) <> (refunds.times IS NULL)
    UNION ALL
    SELECT 'spending.refunds', format('purchase %s', purchase), 'one', count(*)::text
    FROM spending.refunds GROUP BY purchase HAVING count(*) > 1
    UNION ALL
    SELECT 'spending.refunds', format('purchase %s', purchase), 'its purchase', 'none'
    FROM spending.refunds refund
    WHERE NOT EXISTS (SELECT FROM spending.purchases purchase WHERE purchase.id = refund.purchase)
    UNION ALL
    SELECT 'spending.notes', format('id %s', id), 'its transfer', 'none'
    FROM spending.notes note
    WHERE NOT EXISTS (SELECT FROM spending.transfers transfer WHERE transfer.id = note.id)
    """);
