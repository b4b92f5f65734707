using Stk.Ledger.Accounts;
using Xunit;

namespace Stk.Ledger.Tests.Accounts;

public sealed class AccountIdTests
{
    [Theory]
    [InlineData("issuance", AccountKind.Issuance, 0)]
    [InlineData("burned", AccountKind.Burned, 0)]
    [InlineData("chain", AccountKind.Chain, 0)]
    [InlineData("chain:suspense", AccountKind.ChainSuspense, 0)]
    [InlineData("fund:rewards", AccountKind.Fund, 1)]
    [InlineData("fund:liquidity", AccountKind.Fund, 5)]
    [InlineData("week:2025-W51", AccountKind.Week, 202551)]
    [InlineData("available:17", AccountKind.Available, 17)]
    [InlineData("frozen:9223372036854775807", AccountKind.Frozen, long.MaxValue)]
    [InlineData("settling:1", AccountKind.Settling, 1)]
    public void Its_text_is_read_back(string text, AccountKind kind, long owner)
    {
        Assert.True(AccountId.TryParse(text, out var account));
        Assert.Equal(new(kind, owner), account);
        Assert.Equal(text, account.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("available")]
    [InlineData("available:")]
    [InlineData("available:0")]
    [InlineData("available:017")]
    [InlineData("available:+17")]
    [InlineData("available: 17")]
    [InlineData("available:9223372036854775808")]
    [InlineData("Available:17")]
    [InlineData("fund:1")]
    [InlineData("fund:gold")]
    [InlineData("week:2025-W53")]
    [InlineData("issuance:0")]
    [InlineData("burned:")]
    [InlineData("chain:")]
    [InlineData("chain:suspense:")]
    public void Any_other_text_names_no_account(string text) => Assert.False(AccountId.TryParse(text, out _));
}
