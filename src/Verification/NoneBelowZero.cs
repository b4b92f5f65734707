using Stk.Ledger.Sql;

namespace Stk.Verification;

internal sealed class NoneBelowZero() : SqlInvariant(
    "I2", "No account but issuance is, or ever was, below zero, and issuance is never above.", $"""
    SELECT 'ledger.accounts', format('kind %s, owner %s', kind, owner), 'the right side of 0', balance_micro::text
    FROM ledger.accounts
    WHERE (balance_micro < 0 AND kind <> {SqlAccounts.Issuance})
        OR (balance_micro > 0 AND kind = {SqlAccounts.Issuance})
    UNION ALL
    SELECT 'ledger.postings', format('sequence %s, position %s, line %s', posting.sequence, position, line),
        'the right side of 0', balance_after::text
    FROM ledger.postings posting JOIN ledger.accounts account ON account.id = posting.account_id
    WHERE (balance_after < 0 AND kind <> {SqlAccounts.Issuance})
        OR (balance_after > 0 AND kind = {SqlAccounts.Issuance})
    """);
