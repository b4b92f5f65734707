using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Wallets;
using Stk.Rules.Wallets;
using Stk.Settlement.Deposits;
using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.SignIn;
using Stk.Solana.Vaults;

namespace Stk.Grains.Wallets;

/// <summary>What a silo knows of the chain, and asks of it, before a wallet is linked.</summary>
internal sealed class WalletChain(
    IServiceProvider services, IOptions<WalletOptions> options, TimeProvider time, ILogger<WalletChain> logger)
{
    // Well below what an API host waits for one try.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // None where none is configured.
    private readonly ISolanaNodes? _nodes = services.GetService<ISolanaNodes>();
    private readonly VaultAddresses? _ours = options.Value.Addresses;

    /// <summary>Whether anything can be linked here.</summary>
    public bool IsOn => _nodes is not null && _ours is not null;

    /// <summary>As wallets call it.</summary>
    public string Chain => options.Value.Chain;

    /// <summary>The associated token account of a wallet; null where settlement is off.</summary>
    public PublicKey? TokenAccountOf(PublicKey wallet) => _ours is { } ours
        ? AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(wallet, ours.Mint)
        : null;

    /// <summary>Where a participant sends STK back to; null where settlement is off.</summary>
    /// <param name="participant">The number.</param>
    public DepositAddress? DepositOf(long participant) => _ours is { } ours
        ? new(ours.Vault.ToString(), ours.Mint.ToString(), DepositMemo.Of(ours.Mint, participant))
        : null;

    /// <summary>Why an address may not be linked; null where it may.</summary>
    public async Task<RefusedWallet?> Objection(PublicKey address, CancellationToken cancellation)
    {
        if (_nodes is null || _ours is null)
        {
            return new(WalletRefusal.SettlementOff);
        }

        if (WalletAddress.Broken(address, _ours) is { } rule)
        {
            return NotAllowed(rule);
        }

        var looks = await Task.WhenAll(_nodes.All.Select(node => Look(node, address, cancellation)));
        var seen = looks.OfType<RpcResult<AccountInfo?>.Answered>().ToImmutableArray();
        // Whichever of them sees something: another may be behind.
        return seen.Select(look => WalletAddress.Broken(look.Value)).FirstOrDefault(flaw => flaw is not null) is { } found
            ? NotAllowed(found)
            : seen.IsEmpty ? new(WalletRefusal.ChainSilent) : null;
    }

    // Null where the node takes too long: one that hangs holds nobody up.
    private async Task<RpcResult<AccountInfo?>?> Look(IRpcClient node, PublicKey address, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var looked = await node.GetAccountInfo(address, ReadAt.Confirmed, either.Token);
            if (looked.Error is { } error)
            {
                Log.WalletNotLookedAt(logger, node.Node, error.Sentence);
            }

            return looked;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Log.WalletNotLookedAt(logger, node.Node, new RpcError.TimedOut().Sentence);
            return null;
        }
    }

    private static RefusedWallet NotAllowed(string rule) => new(WalletRefusal.NotAllowed, "address", rule);
}
