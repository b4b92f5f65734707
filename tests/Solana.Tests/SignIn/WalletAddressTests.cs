using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.SignIn;
using Stk.Solana.Vaults;

namespace Stk.Solana.Tests.SignIn;

public sealed class WalletAddressTests
{
    private static readonly VaultAddresses Ours = VaultAddresses.Of(Key(1), Key(2), Key(3), Key(4));

    [Fact]
    public void A_wallet_is_a_key_that_somebody_can_hold()
    {
        Assert.Null(WalletAddress.Broken(Key(5), Ours));
        Assert.Equal(
            "must be an address whose key somebody can hold",
            WalletAddress.Broken(AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(Key(5), Key(1)), Ours));
    }

    [Fact]
    public void Stks_own_addresses_are_nobodys_wallet() => Assert.All(
        [Ours.Mint, Ours.MintAuthority, Ours.Vault, Ours.VaultTokens, Ours.PayoutFloat, Ours.FloatTokens],
        address => Assert.NotNull(WalletAddress.Broken(address, Ours)));

    // RFC 8032's curve has eight points of small order; libsodium's list has them, and what is read as one of them.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC05")]
    [InlineData("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC85")]
    [InlineData("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC037A")]
    [InlineData("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC03FA")]
    public void A_key_of_small_order_is_nobodys_wallet(string key) => Assert.Equal(
        "must be an address whose key somebody can hold",
        WalletAddress.Broken(new PublicKey(Convert.FromHexString(key)), Ours));

    [Fact]
    public void What_may_stand_at_a_wallets_address_is_nothing_or_lamports()
    {
        Assert.Null(WalletAddress.Broken(null));
        Assert.Null(WalletAddress.Broken(new AccountInfo(5, SystemProgram.ProgramId, [], IsExecutable: false)));
    }

    [Fact]
    public void A_mint_a_token_account_a_program_and_a_nonce_are_no_wallets()
    {
        var accounts = new Dictionary<string, AccountInfo>
        {
            ["mint"] = new(5, TokenProgram.ProgramId, [.. new byte[MintAccount.Size]], IsExecutable: false),
            ["token account"] = new(5, TokenProgram.ProgramId, [.. new byte[TokenAccount.Size]], IsExecutable: false),
            ["empty, of a program"] = new(5, TokenProgram.ProgramId, [], IsExecutable: false),
            ["program"] = new(5, SystemProgram.ProgramId, [], IsExecutable: true),
            ["nonce"] = new(5, SystemProgram.ProgramId, [.. new byte[80]], IsExecutable: false),
        };
        Assert.All(accounts, account => Assert.NotNull(WalletAddress.Broken(account.Value)));
    }

    private static PublicKey Key(byte number)
    {
        using var account = Account.FromSeed(TestKeys.Seed(number));
        return account.PublicKey;
    }
}
