using Npgsql;
using Stk.Ledger.Sql;
using Stk.Storage.Sql;

namespace Stk.Verification;

// Whoever brings a kind gives it its rows here, and an invariant that says what it moves and why. Buyback and Burn
// exist as numbers alone by now.
internal sealed class TransactionsAreExplained(bool isHarness) : SqlInvariant(
    "I20", "Each transaction is of a kind that an invariant explains, and moves between accounts that this kind may touch.", $"""
    WITH explained (kind, account) AS (VALUES
        ({SqlTransactions.Emission}, {SqlAccounts.Issuance}), ({SqlTransactions.Emission}, {SqlAccounts.Fund}),
        ({SqlTransactions.WeekReserve}, {SqlAccounts.Fund}), ({SqlTransactions.WeekReserve}, {SqlAccounts.Week}),
        ({SqlTransactions.WeekReturn}, {SqlAccounts.Fund}), ({SqlTransactions.WeekReturn}, {SqlAccounts.Week}),
        ({SqlTransactions.WeekReward}, {SqlAccounts.Week}), ({SqlTransactions.WeekReward}, {SqlAccounts.Available}),
        ({SqlTransactions.WeekReward}, {SqlAccounts.Frozen}),
        ({SqlTransactions.Transfer}, {SqlAccounts.Available}), ({SqlTransactions.Transfer}, {SqlAccounts.Fund}),
        ({SqlTransactions.Purchase}, {SqlAccounts.Available}), ({SqlTransactions.Purchase}, {SqlAccounts.Fund}),
        ({SqlTransactions.Refund}, {SqlAccounts.Available}), ({SqlTransactions.Refund}, {SqlAccounts.Fund}),
        ({SqlTransactions.FundSpend}, {SqlAccounts.Fund}), ({SqlTransactions.FundSpend}, {SqlAccounts.Available}),
        ({SqlTransactions.FundSpend}, {SqlAccounts.Frozen}),
        ({SqlTransactions.VestingUnlock}, {SqlAccounts.Frozen}), ({SqlTransactions.VestingUnlock}, {SqlAccounts.Available}),
        ({SqlTransactions.VestingUnlock}, {SqlAccounts.Fund}),
        ({SqlTransactions.VestingCancel}, {SqlAccounts.Frozen}), ({SqlTransactions.VestingCancel}, {SqlAccounts.Fund}),
        ({SqlTransactions.Redistribution}, {SqlAccounts.Available}), ({SqlTransactions.Redistribution}, {SqlAccounts.Fund}),
        ({SqlTransactions.Correction}, {SqlAccounts.Available}), ({SqlTransactions.Correction}, {SqlAccounts.Fund}),
        ({SqlTransactions.Withdrawal}, {SqlAccounts.Available}), ({SqlTransactions.Withdrawal}, {SqlAccounts.Settling}),
        ({SqlTransactions.WithdrawalReturn}, {SqlAccounts.Settling}),
        ({SqlTransactions.WithdrawalReturn}, {SqlAccounts.Available}),
        ({SqlTransactions.Settlement}, {SqlAccounts.Settling}), ({SqlTransactions.Settlement}, {SqlAccounts.Chain}),
        ({SqlTransactions.Deposit}, {SqlAccounts.Chain}), ({SqlTransactions.Deposit}, {SqlAccounts.ChainSuspense}),
        ({SqlTransactions.Deposit}, {SqlAccounts.Available}),
        ({SqlTransactions.Cover}, {SqlAccounts.Fund}), ({SqlTransactions.Cover}, {SqlAccounts.Chain}),
        ({SqlTransactions.Harness}, {SqlAccounts.Available}))
    SELECT 'ledger.transactions', format('sequence %s, position %s', transaction.sequence, transaction.position),
        CASE WHEN EXISTS (SELECT FROM explained WHERE explained.kind = transaction.kind)
            THEN format('kind %s between accounts that it may touch', transaction.kind)
            ELSE 'a kind that an invariant explains' END,
        format('kind %s and an account of kind %s', transaction.kind, account.kind)
    FROM ledger.transactions transaction
    JOIN ledger.postings posting
        ON posting.sequence = transaction.sequence AND posting.position = transaction.position
    JOIN ledger.accounts account ON account.id = posting.account_id
    WHERE NOT EXISTS (
        SELECT FROM explained
        WHERE explained.kind = transaction.kind AND explained.account = account.kind
            AND ($1 OR explained.kind <> {SqlTransactions.Harness}))
    """)
{
    protected override void AddParameters(NpgsqlCommand command) => command.With(isHarness);
}
