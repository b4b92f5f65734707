using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stk.Grains.Signing;
using Stk.Grains.Wallets;
using Stk.Settlement.Plans;
using Stk.Solana.Payouts;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Grains.Payouts;

/// <summary>With what this silo settles: the nodes, STK's addresses on chain, and who signs.</summary>
internal sealed class ChainTerms(
    IServiceProvider services, IOptions<WalletOptions> wallets, IOptions<SettlementOptions> settlement)
{
    /// <summary>Null where none is configured.</summary>
    public ISolanaNodes? Nodes { get; } = services.GetService<ISolanaNodes>();

    /// <summary>Null where this silo is told of none.</summary>
    public ISigner? Signer { get; } = services.GetService<ISigner>();

    public VaultAddresses? Addresses { get; } = wallets.Value.Addresses;

    public SettlementOptions Options => settlement.Value;

    /// <summary>Whether this silo can settle at all.</summary>
    [MemberNotNullWhen(true, nameof(Nodes), nameof(Signer), nameof(Addresses), nameof(Payouts))]
    public bool IsOn => Nodes is not null && Signer is not null && Addresses is not null && Payouts is not null;

    /// <summary>What all batches have in common; null where settlement is off.</summary>
    public PayoutTerms? Payouts => Addresses is { } ours
        ? new(
            ours.PayoutFloat, ours.FloatTokens, ours.Mint, VaultSetup.Decimals,
            (ulong)settlement.Value.UnitPriceMicroLamports)
        : null;

    /// <summary>The batch of a plan, as it was when it was planned: the same payouts, the same batch.</summary>
    /// <exception cref="InvalidOperationException">The plan's payouts are no single batch under these terms.</exception>
    public static PayoutBatch BatchOf(ActPlan plan, PayoutTerms terms)
    {
        ImmutableArray<Payout> payouts =
        [
            .. plan.Payouts.Select(payout => new Payout(
                payout.Id, payout.Wallet, payout.AmountMicro, payout.NeedsAccount)),
        ];
        return PayoutPlanner.Plan(payouts, terms) is [var batch] && batch.Payouts.SequenceEqual(payouts)
            ? batch
            : throw new InvalidOperationException("the plan's payouts are no single batch in the planner's order");
    }
}
