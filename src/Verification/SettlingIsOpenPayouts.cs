using Stk.Ledger.Sql;

namespace Stk.Verification;

internal sealed class SettlingIsOpenPayouts() : SqlInvariant(
    "I32", "What each participant has in settling is the sum of their payouts that have not ended.", $"""
    WITH open AS (
        SELECT participant, sum(amount_micro) AS micro FROM settlement.payouts WHERE state IN (1, 2) GROUP BY participant),
    held AS (
        SELECT owner AS participant, balance_micro AS micro FROM ledger.accounts WHERE kind = {SqlAccounts.Settling})
    SELECT 'ledger.accounts', format('settling:%s', participant), format('%s micro', coalesce(open.micro, 0)),
        format('%s micro', coalesce(held.micro, 0))
    FROM open FULL JOIN held USING (participant)
    WHERE coalesce(open.micro, 0) <> coalesce(held.micro, 0)
    ORDER BY participant
    """);
