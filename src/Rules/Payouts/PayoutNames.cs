using System.Diagnostics;

namespace Stk.Rules.Payouts;

/// <summary>How stages, reasons and holds stand in JSON: for ever.</summary>
public static class PayoutNames
{
    public static string WireName(this PayoutStage stage) => stage switch
    {
        PayoutStage.Waiting => "waiting",
        PayoutStage.Sending => "sending",
        PayoutStage.Checking => "checking",
        PayoutStage.Paid => "paid",
        PayoutStage.Returned => "returned",
        _ => throw new UnreachableException(),
    };

    public static string WireName(this PayoutReason reason) => reason switch
    {
        PayoutReason.WalletClosed => "wallet-closed",
        PayoutReason.NotSystemOwned => "not-system-owned",
        PayoutReason.TokenAccountOwnerChanged => "token-account-owner-changed",
        PayoutReason.TokenAccountMissing => "token-account-missing",
        PayoutReason.CalledOff => "called-off",
        PayoutReason.AboveMaximum => "above-maximum",
        _ => throw new UnreachableException(),
    };

    public static string WireName(this PayoutHold hold) => hold switch
    {
        PayoutHold.PayoutFloat => "float",
        PayoutHold.Chain => "chain",
        PayoutHold.Signer => "signer",
        PayoutHold.DayCap => "day-cap",
        PayoutHold.Wallet => "wallet",
        PayoutHold.Review => "review",
        PayoutHold.Lamports => "fees",
        _ => throw new UnreachableException(),
    };

    public static string WireName(this PauseCause cause) => cause switch
    {
        PauseCause.ByOperator => "operator",
        PauseCause.Mismatch => "mismatch",
        PauseCause.Recovery => "recovery",
        _ => throw new UnreachableException(),
    };
}
