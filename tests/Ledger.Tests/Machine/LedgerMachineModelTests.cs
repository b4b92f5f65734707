using CsCheck;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Ledger.Tests.Machine;

public sealed class LedgerMachineModelTests
{
    [Fact]
    public void The_machine_answers_every_history_as_its_model_does() =>
        Histories.Batches.Sample(batches =>
        {
            var model = new BookModel(Histories.IssuedAtMost);
            var balances = new Dictionary<AccountId, Amount>();
            var answers = new Dictionary<Guid, PastAnswer>();
            foreach (var batch in batches)
            {
                var results = LedgerMachine.Apply(batch, new(
                    1, DateTimeOffset.UnixEpoch, new(Histories.IssuedAtMost), balances, answers));

                Assert.Equal(batch.Select(model.Post), results.Select(BookModel.InWords));
                Remember(batch, results, balances, answers);
            }

            Assert.Equal(0, balances.Values.Sum(balance => balance.Micro));
            Assert.All(balances, entry =>
                Assert.True(entry.Value >= Amount.Zero || entry.Key == AccountId.Issuance, entry.Key.ToString()));
            Assert.Equal(
                model.Balances.OrderBy(entry => entry.Key.ToString()),
                balances.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Micro))
                    .OrderBy(entry => entry.Key.ToString()));
        });

    // What a store does between two batches.
    private static void Remember(
        Transaction[] batch, IReadOnlyList<PostResult> results, Dictionary<AccountId, Amount> balances,
        Dictionary<Guid, PastAnswer> answers)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            switch (results[i])
            {
                case PostResult.Accepted { Committed: var receipt }:
                    answers.Add(batch[i].Id, new(batch[i].ContentHash, receipt, Refused: null));
                    foreach (var line in receipt.Lines)
                    {
                        balances[line.Account] = line.BalanceAfter;
                    }

                    break;
                case PostResult.Refused { Reason: not Refusal.IdUsedWithOtherContent and var reason }:
                    answers.Add(batch[i].Id, new(batch[i].ContentHash, Accepted: null, reason));
                    break;
            }
        }
    }
}
