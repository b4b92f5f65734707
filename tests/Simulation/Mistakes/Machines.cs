using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Writer;
using Stk.Rules.Money;

namespace Stk.Simulation.Mistakes;

/// <summary>The ledger's machine, and the wrong ones.</summary>
internal static class Machines
{
    public static Decision Of(Mistake mistake) => mistake switch
    {
        Mistake.NoBreaker =>
            (batch, before) => LedgerMachine.Apply(batch, before with { IssuedAtMost = new(long.MaxValue) }),
        Mistake.RepeatAfterFunds => (batch, before) => OneByOne(batch, before, RepeatAfterFunds, keepsFirstLine: false),
        Mistake.ContentNotCompared => (batch, before) => OneByOne(batch, before, ContentNotCompared, keepsFirstLine: false),
        Mistake.RefusalLeavesItsFirstLines => (batch, before) => OneByOne(batch, before, Right, keepsFirstLine: true),
        _ => (batch, before) => LedgerMachine.Apply(batch, before),
    };

    private static PostResult Right(Transaction transaction, BookView book) =>
        LedgerMachine.Apply([transaction], book)[0];

    private static PostResult RepeatAfterFunds(Transaction transaction, BookView book)
    {
        var funds = Right(transaction, book with { Answers = new Dictionary<Guid, PastAnswer>() });
        return funds is PostResult.Refused { Reason: Refusal.InsufficientFunds } ? funds : Right(transaction, book);
    }

    private static PostResult ContentNotCompared(Transaction transaction, BookView book)
    {
        var answers = new Dictionary<Guid, PastAnswer>(book.Answers);
        if (answers.TryGetValue(transaction.Id, out var past))
        {
            answers[transaction.Id] = past with { ContentHash = transaction.ContentHash };
        }

        return Right(transaction, book with { Answers = answers });
    }

    private static List<PostResult> OneByOne(
        IReadOnlyList<Transaction> batch, BookView before, Func<Transaction, BookView, PostResult> decide,
        bool keepsFirstLine)
    {
        var balances = new Dictionary<AccountId, Amount>(before.Balances);
        var answers = new Dictionary<Guid, PastAnswer>(before.Answers);
        var results = new List<PostResult>();
        var accepted = 0;
        foreach (var transaction in batch)
        {
            var result = decide(transaction, before with { Balances = balances, Answers = answers });
            if (result is PostResult.Accepted { Committed: var receipt })
            {
                receipt = receipt with { Position = accepted++ };
                result = new PostResult.Accepted(receipt);
                answers[transaction.Id] = new(transaction.ContentHash, receipt, Refused: null);
                foreach (var line in receipt.Lines)
                {
                    balances[line.Account] = line.BalanceAfter;
                }
            }
            else if (result is PostResult.Refused { Reason: not Refusal.IdUsedWithOtherContent and var reason })
            {
                answers[transaction.Id] = new(transaction.ContentHash, Accepted: null, reason);
                var (account, amount) = transaction.Postings[0];
                if (keepsFirstLine && balances.GetValueOrDefault(account) + amount >= Amount.Zero)
                {
                    balances[account] = balances.GetValueOrDefault(account) + amount;
                }
            }

            results.Add(result);
        }

        return results;
    }
}
