using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Balances;

/// <summary>What participants have. What the topic brings beside its endpoints.</summary>
internal static class BalanceTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Balances";

    public static Topic Topic => new(BalanceJson.Default, new(Tag, "What a participant has, and how it came."))
    {
        Problems = BalanceProblems.All,
        Examples =
        [
            new BalanceView(Amount.OfStk(1_584), new(500_000), Amount.Zero, new(1_584_500_000), 42),
            Sample.Page(new BalanceChangeItem(
                42, Sample.At, Sample.Transaction, "transfer", "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10", "available",
                Amount.OfStk(-10), Amount.OfStk(1_574), "bob", "for the lunch", null, null)),
            Sample.Page(new TransactionItem(
                Sample.Transaction, 42, Sample.At, "transfer", "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10", Amount.OfStk(-10),
                Amount.Zero, Amount.Zero, "bob", "for the lunch", null, null, Amount.OfStk(1_574))),
            new TransactionDetailView(
                new(
                    Sample.Transaction, 42, Sample.At, "transfer", "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10",
                    new(-10_100_000), Amount.Zero, Amount.Zero, "bob", "for the lunch", null, null, new(1_573_900_000)),
                [new("available", new(-10_100_000), new(1_573_900_000))],
                [new("participants", Amount.OfStk(10)), new("fund:treasury", new(100_000))]),
            new DailyBalancesView(
                [new(new(2025, 12, 18), Amount.OfStk(1_584), new(500_000), Amount.Zero, new(1_584_500_000))]),
        ],
    };
}
