using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Plans;

/// <summary>Whether a payee's accounts, as a node shows them, can be paid to.</summary>
public static class PayeeAccounts
{
    /// <summary>What is wrong with the accounts; null where nothing is.</summary>
    /// <param name="wallet">Null: absent, which is what a wallet without SOL is.</param>
    /// <param name="tokenAccount">Null: absent.</param>
    public static PayeeFlaw? FlawOf(
        PlannedPayout payout, PublicKey mint, AccountInfo? wallet, AccountInfo? tokenAccount)
    {
        // Its owner need not hold its key: a program can.
        if (wallet is not null && (wallet.Owner != SystemProgram.ProgramId || !wallet.Data.IsEmpty))
        {
            return PayeeFlaw.NotSystemOwned;
        }

        // An address may hold lamports that somebody sent there, and still be no account of a program.
        if (tokenAccount is null || tokenAccount.Owner == SystemProgram.ProgramId)
        {
            return payout.NeedsAccount ? null : PayeeFlaw.TokenAccountMissing;
        }

        // A transfer to an account that was given away succeeds: nothing but this look keeps it back.
        var held = tokenAccount.Owner == TokenProgram.ProgramId
            ? TokenAccount.TryParse(tokenAccount.Data.AsSpan())
            : null;
        return held is { IsFrozen: false } && held.Mint == mint && held.Owner == payout.Wallet
            ? null
            : PayeeFlaw.TokenAccountOwnerChanged;
    }
}
