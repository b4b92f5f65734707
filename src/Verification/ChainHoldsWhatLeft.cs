using Stk.Ledger.Sql;

namespace Stk.Verification;

// States of payouts: 3 paid. Of deposits: 1 credited, 3 assigned. What is in suspense has arrived in our accounts, and is
// nobody's yet: it has not come back.
internal sealed class ChainHoldsWhatLeft() : SqlInvariant(
    "I48", "What stands in chain and in chain:suspense is what payouts have paid, less what has come back to somebody, and what was made good.", $"""
    SELECT 'ledger.accounts', 'chain and chain:suspense',
        format('%s micro: %s paid, %s come back, %s made good', paid.micro - back.micro + made.micro, paid.micro, back.micro,
            made.micro),
        format('%s micro', held.micro)
    FROM (SELECT coalesce(sum(amount_micro), 0) AS micro FROM settlement.payouts WHERE state = 3) AS paid,
        (SELECT coalesce(sum(amount_micro), 0) AS micro FROM settlement.deposits WHERE state IN (1, 3)) AS back,
        (SELECT coalesce(sum(amount_micro), 0) AS micro FROM settlement.differences WHERE covered_by IS NOT NULL) AS made,
        (SELECT coalesce(sum(balance_micro), 0) AS micro FROM ledger.accounts
            WHERE kind IN ({SqlAccounts.Chain}, {SqlAccounts.ChainSuspense})) AS held
    WHERE paid.micro - back.micro + made.micro <> held.micro
    """);
