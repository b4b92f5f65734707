using Stk.Rules.Wallets;

namespace Stk.Rules.Tests.Wallets;

public sealed class WalletRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_login_is_fresh_for_five_minutes_and_not_of_the_future(int seconds, bool isFresh) =>
        Assert.Equal(isFresh, FreshLogin.IsFresh(Now.AddSeconds(seconds), Now, Skew));

    [Fact]
    public void A_token_that_does_not_say_is_of_no_fresh_login() => Assert.False(FreshLogin.IsFresh(null, Now, Skew));

    // The format that wallets sign has ASCII alone, on one line.
    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("ann smith", "ann%20smith")]
    [InlineData("аня", "%D0%B0%D0%BD%D1%8F")]
    [InlineData("ann. Pay all", "ann.%20Pay%20all")]
    public void What_is_signed_names_the_participant_in_one_word(string participant, string name) => Assert.Equal(
        $"Link this wallet to the STK account {name}. Payouts to it are public on Solana for ever.",
        Challenges.Statement(participant));

    [Fact]
    public void A_long_name_has_a_short_one_of_its_own()
    {
        var (first, second) = (Challenges.Statement(new('я', 200)), Challenges.Statement(new string('я', 199) + "ю"));
        Assert.Contains("account sha256:", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.All([first, second], text => Assert.True(text.Length <= 500 && text.All(char.IsAscii)));
    }

    [Theory]
    [InlineData("0b54ad4c7c3c5f2e9a512f5a3a1b8f10", true)]
    [InlineData("0b54ad4c7c3c5f2e9a512f5a3a1b8f1", false)]
    [InlineData("0B54AD4C7C3C5F2E9A512F5A3A1B8F10", false)]
    [InlineData("0b54ad4c7c3c5f2e9a512f5a3a1b8f1\0", false)]
    [InlineData("", false)]
    public void A_nonce_is_128_bits_in_small_hex(string text, bool isNonce) =>
        Assert.Equal(isNonce, Challenges.IsNonce(text));

    [Fact]
    public void Words_are_for_ever()
    {
        Assert.Equal(["keep", "weekly"], Enum.GetValues<WalletMode>().Select(WalletModes.WireName));
        Assert.Equal(["message", "transaction"], Enum.GetValues<ProofForm>().Select(ProofForms.WireName));
    }
}
