using System.Collections.Immutable;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Ledger.Machine;

/// <summary>
/// Decides a batch, one transaction after the other. Pure: the same batch on the same book gives the same results. A
/// refusal moves nothing, and touches nothing else in its batch.
/// </summary>
public static class LedgerMachine
{
    /// <summary>One result a transaction, in batch order.</summary>
    public static ImmutableArray<PostResult> Apply(IReadOnlyList<Transaction> batch, BookView before)
    {
        var balances = new Dictionary<AccountId, Amount>(before.Balances);
        var answers = new Dictionary<Guid, PastAnswer>(before.Answers);
        var results = ImmutableArray.CreateBuilder<PostResult>(batch.Count);
        var accepted = 0;
        foreach (var transaction in batch)
        {
            var result = Decide(transaction, before, position: accepted, balances, answers);
            accepted += result is PostResult.Accepted ? 1 : 0;
            results.Add(result);
        }

        return results.MoveToImmutable();
    }

    private static PostResult Decide(
        Transaction transaction, BookView book, int position,
        Dictionary<AccountId, Amount> balances, Dictionary<Guid, PastAnswer> answers)
    {
        // Before funds: one id, one answer, even if the account has been emptied or filled since.
        if (answers.TryGetValue(transaction.Id, out var past))
        {
            return past.ContentHash == transaction.ContentHash
                ? new PostResult.Repeated(past)
                : new PostResult.Refused(Refusal.IdUsedWithOtherContent);
        }

        var lines = ImmutableArray.CreateBuilder<PostedLine>(transaction.Postings.Length);
        if ((FormObjection(transaction) ?? Move(transaction, book.IssuedAtMost, balances, lines)) is { } reason)
        {
            answers.Add(transaction.Id, new(transaction.ContentHash, Accepted: null, reason));
            return new PostResult.Refused(reason);
        }

        var receipt = new Receipt(book.Sequence, position, book.At, lines.MoveToImmutable());
        answers.Add(transaction.Id, new(transaction.ContentHash, receipt, Refused: null));
        return new PostResult.Accepted(receipt);
    }

    private static Refusal? FormObjection(Transaction transaction)
    {
        if (transaction.Postings.Length < 2)
        {
            return Refusal.TooFewPostings;
        }

        Int128 sum = 0;
        foreach (var (account, amount) in transaction.Postings)
        {
            if (amount == Amount.Zero)
            {
                return Refusal.ZeroPosting;
            }

            if (!account.IsPossible)
            {
                return Refusal.UnknownAccount;
            }

            sum += amount.Micro;
        }

        return sum == 0 ? null : Refusal.NotBalanced;
    }

    // Line by line, each checked. At the first objection what was moved is put back.
    private static Refusal? Move(
        Transaction transaction, Amount issuedAtMost, Dictionary<AccountId, Amount> balances,
        ImmutableArray<PostedLine>.Builder lines)
    {
        foreach (var (account, amount) in transaction.Postings)
        {
            var after = (Int128)balances.GetValueOrDefault(account).Micro + amount.Micro;
            if (BalanceObjection(account, amount, after, issuedAtMost) is { } reason)
            {
                for (var i = lines.Count - 1; i >= 0; i--)
                {
                    balances[lines[i].Account] = lines[i].BalanceAfter - lines[i].Amount;
                }

                return reason;
            }

            var balance = new Amount((long)after);
            balances[account] = balance;
            lines.Add(new(account, amount, balance));
        }

        return null;
    }

    private static Refusal? BalanceObjection(AccountId account, Amount amount, Int128 after, Amount issuedAtMost)
    {
        if (account.Kind == AccountKind.Issuance)
        {
            // Only where more is issued: giving back is never beyond a schedule.
            return amount.IsNegative && after < -(Int128)issuedAtMost.Micro ? Refusal.BeyondSchedule
                : after > 0 ? Refusal.InsufficientFunds
                : null;
        }

        return after < 0 ? Refusal.InsufficientFunds
            : after > long.MaxValue ? Refusal.BalanceTooLarge
            : null;
    }
}
