namespace Stk.Verification;

internal sealed class SumIsZero() : SqlInvariant(
    "I1", "All balances sum to zero, and so do the postings of every transaction.", """
    SELECT 'ledger.accounts', 'all', 'a sum of 0', sum(balance_micro)::text
    FROM ledger.accounts HAVING sum(balance_micro) <> 0
    UNION ALL
    SELECT 'ledger.postings', format('sequence %s, position %s', sequence, position), 'a sum of 0', sum(amount_micro)::text
    FROM ledger.postings GROUP BY sequence, position HAVING sum(amount_micro) <> 0
    """);
