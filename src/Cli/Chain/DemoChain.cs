using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Stk.Cli.Api;
using Stk.Client;
using Stk.Client.ChainActs;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Cli.Chain;

/// <summary>
/// STK of the demo on the local chain: mint, vault and float are made, what is issued is minted, and the float is refilled,
/// asked for by one operator, approved by another, and signed with the local keys.
/// </summary>
/// <param name="first">Who asks.</param>
/// <param name="second">Who approves.</param>
internal sealed class DemoChain(TokenomicsClient first, TokenomicsClient second, TimeProvider time)
{
    private const string Reason = "for the demo";

    private static readonly Amount FloatHolds = Amount.OfStk(50_000);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Option<string?> Keys() => new("--chain-keys")
    {
        Description = "The directory of the local chain's keys: what is issued is minted, and the float is refilled.",
    };

    /// <summary>Again, it does what is missing.</summary>
    /// <param name="keys">The directory of the four keys; null where there is no chain.</param>
    /// <param name="nodes">Each as name=address; null or empty where there is no chain.</param>
    /// <returns>What is there now, a line each.</returns>
    /// <exception cref="VerbRefusal">It does not come to an end: the rest of the demo is there.</exception>
    public async Task<IReadOnlyList<string>> Fill(string? keys, string[]? nodes, CancellationToken cancellation)
    {
        if (keys is null || nodes is not { Length: > 0 })
        {
            return [];
        }

        using var vault = VaultKeys.ReadOrMake(keys);
        await using var services = ChainCommand.Services(nodes);
        await new VaultSetup(services.GetRequiredService<ISolanaNodes>().All[0], time)
            .Run(vault, mayAirdrop: true, cancellation);
        var issued = (await first.Statistics.GetSupply(cancellation)).Emitted;
        var minted = await Land("mint", issued, vault.MintAuthority, cancellation);
        var refilled = await Land(
            "refill", FloatHolds < issued ? FloatHolds : issued, vault.Vault, cancellation);
        return
        [
            $"On the local chain: {minted.Amount} STK minted as issued, {refilled.Amount} STK of them in the float.",
            $"  ./stk chain acts; ./stk chain status; ./stk chain tx {refilled.Signature}",
        ];
    }

    private async Task<ChainAct> Land(string kind, Amount amount, Account key, CancellationToken cancellation)
    {
        var before = await first.ChainActs.List(cancellation)
            .FirstOrDefaultAsync(one => one.Kind == kind && one.Reason == Reason, cancellation);
        var act = before ?? await first.ChainActs.Ask(kind, amount, Reason, null, cancellation);
        var begun = time.GetTimestamp();
        while (act.State != "finalized")
        {
            if (time.GetElapsedTime(begun) > Patience || act.State is "rejected" or "lapsed" or "failed")
            {
                throw new VerbRefusal(
                    $"The {kind} is {act.State}: {act.ToSign?.Trouble ?? "./stk chain acts shows it"}. All else of the demo is there.");
            }

            act = act.State == "asked" ? await second.ChainActs.Approve(act.Id, "looked at", null, cancellation)
                : act.ToSign is { Transaction: not null } ? await Sign(act, key, cancellation)
                : await Wait(act, cancellation);
        }

        return act;
    }

    private async Task<ChainAct> Sign(ChainAct act, Account key, CancellationToken cancellation)
    {
        var message = SignVerb.MessageOf(act, key.PublicKey, (null, null, null));
        return await first.ChainActs.PutSigned(
            act.Id, Convert.ToBase64String(Transaction.Sign(message, key).Serialize()), cancellation);
    }

    private async Task<ChainAct> Wait(ChainAct act, CancellationToken cancellation)
    {
        await Task.Delay(Poll, time, cancellation);
        return await first.ChainActs.Get(act.Id, cancellation);
    }
}
