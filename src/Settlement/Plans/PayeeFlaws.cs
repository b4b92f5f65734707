using System.Diagnostics;

namespace Stk.Settlement.Plans;

/// <summary>Names of <see cref="PayeeFlaw"/> as people and clients read them.</summary>
public static class PayeeFlaws
{
    public static string WireName(this PayeeFlaw flaw) => flaw switch
    {
        PayeeFlaw.WalletClosed => "wallet-closed",
        PayeeFlaw.NotSystemOwned => "not-system-owned",
        PayeeFlaw.TokenAccountOwnerChanged => "token-account-owner-changed",
        PayeeFlaw.TokenAccountMissing => "token-account-missing",
        PayeeFlaw.AboveMaximum => "above-maximum",
        _ => throw new UnreachableException(),
    };
}
