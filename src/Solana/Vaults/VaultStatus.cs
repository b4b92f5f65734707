using System.Collections.Immutable;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Solana.Vaults;

/// <summary>STK on chain, as one node sees it finally, and the state of all nodes.</summary>
/// <param name="Supply">All tokens there are; null where there is no mint. Unit: micro-STK.</param>
/// <param name="VaultTokens">Null where there is no account. Unit: micro-STK.</param>
/// <param name="FloatTokens">Null where there is no account. Unit: micro-STK.</param>
/// <param name="FloatLamports">What fees and rent are paid from.</param>
public sealed record VaultStatus(
    ulong? Supply, ulong? VaultTokens, ulong? FloatTokens, ulong FloatLamports, ImmutableArray<NodeStatus> Nodes)
{
    /// <exception cref="RpcException">The first node does not answer.</exception>
    public static async Task<VaultStatus> Read(
        ISolanaNodes nodes, VaultAddresses addresses, CancellationToken cancellation)
    {
        var found = (await nodes.All[0].GetMultipleAccounts(
            [addresses.Mint, addresses.VaultTokens, addresses.FloatTokens, addresses.PayoutFloat],
            ReadAt.Finalized,
            cancellation)).Required();
        var states = ImmutableArray.CreateBuilder<NodeStatus>();
        foreach (var node in nodes.All)
        {
            states.Add(await NodeStatus.Read(node, cancellation));
        }

        return new(
            found[0] is { } mint ? MintAccount.TryParse(mint.Data.AsSpan())?.Supply : null,
            Amount(found[1]),
            Amount(found[2]),
            found[3]?.Lamports ?? 0,
            states.ToImmutable());
    }

    private static ulong? Amount(AccountInfo? account) =>
        account is null ? null : TokenAccount.TryParse(account.Data.AsSpan())?.Amount;
}
