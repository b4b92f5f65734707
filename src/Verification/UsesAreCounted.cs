namespace Stk.Verification;

internal sealed class UsesAreCounted() : SqlInvariant(
    "I18", "Of every entitlement as many sessions are used as there are uses, and never more than were bought.", """
    SELECT 'spending.entitlements', format('id %s', id), format('%s of at most %s used', uses, coalesce(sessions, 0)),
        used::text
    FROM spending.entitlements entitlement
    CROSS JOIN LATERAL (
        SELECT count(*) AS uses FROM spending.entitlement_uses one WHERE one.entitlement = entitlement.id) AS counted
    WHERE used <> uses OR used > coalesce(sessions, 0)
    """);
