using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Wallets;

/// <summary>Why a wallet is not linked. Slugs are for ever: clients decide by them.</summary>
internal static class WalletProblems
{
    public static readonly ProblemType FreshLoginNeeded = new("fresh-login-needed", 403, "Fresh login needed",
        "Where STK go is decided by whoever has signed in within the last five minutes: the token's auth_time is older, or missing. Sign in again and send it with the new token.");

    // One and the same, whatever it is: whoever tries answers learns nothing of what was asked.
    public static readonly ProblemType ChallengeInvalid = new("challenge-invalid", 400, "Challenge invalid",
        "The challenge is not one of this participant's that waits for its answer (it was used, or its five minutes are over), or what was signed is not exactly what was asked. Ask for a new one.");

    public static readonly ProblemType WalletNotAllowed = new("wallet-not-allowed", 422, "Wallet not allowed",
        "STK cannot be paid to this address; errors says by which rule. Link an ordinary wallet, whose key its owner has.");

    public static readonly ProblemType WalletInUse = new("wallet-in-use", 409, "Wallet in use",
        "Another participant has linked this wallet. One wallet is one participant's: its link must end first.");

    public static readonly ProblemType NoWallet = new("no-wallet", 422, "No wallet",
        "No wallet is linked.");

    public static readonly ImmutableArray<ProblemType> All =
        [FreshLoginNeeded, ChallengeInvalid, WalletNotAllowed, WalletInUse, NoWallet];
}
