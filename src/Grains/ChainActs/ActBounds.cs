using Stk.Grains.Payouts;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Settlement.Plans;
using Stk.Solana.Rpc;

namespace Stk.Grains.ChainActs;

/// <summary>How much may be minted, burned and refilled: on chain is never more than the ledger knows of.</summary>
internal sealed class ActBounds(ChainTerms terms, AskedActTable asked, ILedger ledger)
{
    /// <summary>Whether the act is within its bound as things stand, and what its approval has to hold to.</summary>
    public async Task<ActBound> Look(AskedChainAct act, CancellationToken cancellation)
    {
        if (terms.Nodes is null || terms.Addresses is null)
        {
            return new(SpendingRefusal.SettlementOff);
        }

        return act.Kind switch
        {
            ActKind.Mint => await LookAt(
                act, AccountId.Issuance, SpendingRefusal.MintBeyondIssued, cancellation),
            ActKind.Burn => await LookAt(act, AccountId.Burned, SpendingRefusal.BurnBeyondBurned, cancellation),
            ActKind.Refill => await LookAtFloat(act, cancellation),
            _ => new(null),
        };
    }

    /// <summary>
    /// How much of what is lacking the float may take; null where it may take nothing, or no node shows it.
    /// </summary>
    public async Task<Amount?> Refillable(Amount lacking, CancellationToken cancellation)
    {
        if (terms.Nodes is null || terms.Addresses is null)
        {
            return null;
        }

        if (terms.Options.Caps.FloatMax is not { } most)
        {
            return lacking;
        }

        if (await FloatHeld(cancellation) is not { } held || held >= most)
        {
            return null;
        }

        return lacking < most - held ? lacking : most - held;
    }

    private async Task<ActBound> LookAt(
        AskedChainAct act, AccountId account, SpendingRefusal refusal, CancellationToken cancellation)
    {
        var sum = (await ledger.GetBalances([account], cancellation))[0].Balance;
        var most = sum.IsNegative ? -sum : sum;
        var done = await asked.ReadBeside(act, withLanded: true, cancellation);
        return new(done + AmountOf(act) > most ? refusal : null, Account: account.Kind);
    }

    private async Task<ActBound> LookAtFloat(AskedChainAct act, CancellationToken cancellation)
    {
        if (terms.Options.Caps.FloatMax is not { } most)
        {
            return new(null);
        }

        var underWay = await asked.ReadBeside(act, withLanded: false, cancellation);
        return await FloatHeld(cancellation) is { } held
            ? new(held + underWay + AmountOf(act) > most ? SpendingRefusal.FloatFull : null, Beside: underWay)
            : new(SpendingRefusal.ChainSilent);
    }

    // By the node that shows most: what one has not seen yet is there.
    private async Task<Amount?> FloatHeld(CancellationToken cancellation)
    {
        Amount? held = null;
        foreach (var node in terms.Nodes!.All) // looked at before
        {
            if (await node.GetTokenAccountBalance(terms.Addresses!.FloatTokens, ReadAt.Confirmed, cancellation)
                is RpcResult<TokenAmount>.Answered { Value.Amount: var micro }
                && (held is not { } most || (long)micro > most.Micro))
            {
                held = new Amount((long)micro);
            }
        }

        return held;
    }

    private static Amount AmountOf(AskedChainAct act) =>
        act.Amount ?? throw new InvalidOperationException($"act {act.Id} has no amount");
}

/// <param name="Objection">Null where it may be done.</param>
/// <param name="Account">Whose sum its commit is held to.</param>
/// <param name="Beside">What its commit must find under way, as it was when this was looked at.</param>
internal sealed record ActBound(SpendingRefusal? Objection, AccountKind? Account = null, Amount? Beside = null);
