using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Solana.SignIn;

/// <summary>Which addresses may be a person's wallet: those that pay nobody else, and swallow nothing. Pure.</summary>
public static class WalletAddress
{
    /// <summary>The rule that an address breaks by itself; null where it breaks none.</summary>
    /// <param name="ours">STK's own addresses: what is paid there goes in a circle.</param>
    public static string? Broken(PublicKey address, VaultAddresses ours) =>
        !address.IsOnCurve || SmallOrder.Has(address) ? "must be an address whose key somebody can hold"
        : IsOurs(address, ours) ? "must not be one of STK's own addresses"
        : null;

    /// <summary>The rule that what stands at an address breaks; null where it breaks none.</summary>
    /// <param name="account">Null where nothing stands there yet.</param>
    /// <remarks>
    /// A token account, a mint or a program at the address would keep what is sent to a token account of its own:
    /// solana-program-library, issue 2294. The System program's with data is a nonce account, which pays by other rules.
    /// </remarks>
    public static string? Broken(AccountInfo? account) => account switch
    {
        null => null,
        { IsExecutable: true } => "must be a wallet, and a program stands there",
        { Owner: var owner } when owner != SystemProgram.ProgramId =>
            "must be a wallet, and an account of a program stands there, such as a token account or a mint",
        { Data.IsEmpty: false } => "must be a wallet, and an account with data stands there",
        _ => null,
    };

    private static bool IsOurs(PublicKey address, VaultAddresses ours) =>
        address == ours.Mint || address == ours.MintAuthority || address == ours.Vault || address == ours.VaultTokens
        || address == ours.PayoutFloat || address == ours.FloatTokens;
}
