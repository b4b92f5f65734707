using System.Diagnostics;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Vaults;

namespace Stk.Grains.Payouts;

/// <summary>What an asked act is to do on chain. Pure.</summary>
internal static class AskedPlans
{
    public static ActPlan Of(AskedChainAct act, VaultAddresses ours) => act switch
    {
        { Kind: ActKind.Mint, Amount.Micro: var micro } =>
            ActPlan.OfMint(ours.MintAuthority, ours.Mint, ours.VaultTokens, (ulong)micro),
        { Kind: ActKind.Refill, Amount.Micro: var micro } =>
            ActPlan.OfRefill(ours.Vault, ours.Mint, ours.VaultTokens, ours.FloatTokens, (ulong)micro),
        { Kind: ActKind.Burn, Amount.Micro: var micro } =>
            ActPlan.OfBurn(ours.Vault, ours.Mint, ours.VaultTokens, (ulong)micro),
        { Kind: ActKind.Return, Amount.Micro: var micro, Back.Wallet: { } wallet } => ActPlan.OfReturn(
            ours.Vault, ours.Mint, ours.VaultTokens, PublicKey.Parse(wallet), (ulong)micro),
        { Kind: ActKind.Memo, Text: { } text } =>
            ActPlan.OfMemo(act.IsOfWeek ? ours.PayoutFloat : ours.Vault, ours.Mint, text),
        _ => throw new UnreachableException(),
    };
}
