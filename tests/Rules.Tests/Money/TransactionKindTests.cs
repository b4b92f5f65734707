using Stk.Rules.Money;

namespace Stk.Rules.Tests.Money;

public class TransactionKindTests
{
    [Theory]
    [InlineData(TransactionKind.Emission, 1, "emission", false)]
    [InlineData(TransactionKind.WeekReserve, 2, "week_reserve", false)]
    [InlineData(TransactionKind.WeekReward, 3, "weekly_reward", true)]
    [InlineData(TransactionKind.WeekReturn, 4, "week_return", false)]
    [InlineData(TransactionKind.Transfer, 5, "transfer", true)]
    [InlineData(TransactionKind.Purchase, 6, "purchase", true)]
    [InlineData(TransactionKind.Refund, 7, "refund", true)]
    [InlineData(TransactionKind.VestingUnlock, 8, "vesting_unlock", true)]
    [InlineData(TransactionKind.VestingCancel, 9, "vesting_cancel", true)]
    [InlineData(TransactionKind.Redistribution, 10, "redistribution", true)]
    [InlineData(TransactionKind.Withdrawal, 11, "withdrawal", true)]
    [InlineData(TransactionKind.WithdrawalReturn, 12, "withdrawal_return", true)]
    [InlineData(TransactionKind.Settlement, 13, "settlement", true)]
    [InlineData(TransactionKind.Deposit, 14, "deposit", true)]
    [InlineData(TransactionKind.FundSpend, 15, "fund_spend", true)]
    [InlineData(TransactionKind.Buyback, 16, "buyback", false)]
    [InlineData(TransactionKind.Burn, 17, "burn", false)]
    [InlineData(TransactionKind.Correction, 18, "correction", true)]
    [InlineData(TransactionKind.Harness, 1_000, "harness", false)]
    public void Stored_numbers_and_names_of_kinds_are_for_ever(
        TransactionKind kind, short number, string name, bool isOfParticipants)
    {
        Assert.Equal(number, (short)kind);
        Assert.Equal(name, kind.WireName());
        Assert.True(TransactionKinds.TryParse(name, out var parsed));
        Assert.Equal(kind, parsed);
        Assert.Equal(isOfParticipants, TransactionKinds.OfParticipants.Contains(kind));
    }

    [Fact]
    public void Each_kind_has_a_name_of_its_own()
    {
        var kinds = Enum.GetValues<TransactionKind>();
        Assert.Equal(20, kinds.Length);
        Assert.Equal(kinds.Length, kinds.Select(kind => kind.WireName()).Distinct(StringComparer.Ordinal).Count());
        Assert.False(TransactionKinds.TryParse("WeekReward", out _));
    }
}
