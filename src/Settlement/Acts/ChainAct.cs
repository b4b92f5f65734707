using System.Collections.Immutable;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;

namespace Stk.Settlement.Acts;

/// <summary>One thing that is to happen on chain once, as its row has it.</summary>
/// <param name="Reference">
/// By what it is found on chain where our own rows are lost; null where its transaction can name none.
/// </param>
/// <param name="Epoch">Of the activation that wrote it last: an older one can write nothing more.</param>
/// <param name="Version">One more with each writing.</param>
/// <param name="Attempts">In order. All but the last have expired.</param>
/// <param name="Returned">What goes back to its person, in the states failed.</param>
/// <param name="Landed">In the state finalized.</param>
/// <param name="IsClosed">The ledger has what came of it: nothing more is to be done.</param>
public sealed record ChainAct(
    Guid Id,
    ActPlan Plan,
    PublicKey? Reference,
    long Epoch,
    long Version,
    ActState State,
    ImmutableArray<Attempt> Attempts,
    ImmutableArray<ReturnedPayout> Returned,
    LandedAt? Landed,
    bool IsClosed)
{
    /// <summary>The last attempt; null where nothing is signed.</summary>
    public Attempt? Last => Attempts.IsEmpty ? null : Attempts[^1];

    /// <summary>The payouts that are planned anew where the act has failed: all but the returned.</summary>
    public IEnumerable<Guid> Others =>
        Plan.Payouts.Select(payout => payout.Id).Except(Returned.Select(returned => returned.PayoutId));

    /// <summary>A new act, to be stored before anything is done.</summary>
    public static ChainAct New(Guid id, ActPlan plan, long epoch) => new(
        id, plan, plan.Kind == ActKind.Memo ? null : BatchReference.Of(id), epoch, Version: 1, ActState.Planned,
        Attempts: [], Returned: [], Landed: null, IsClosed: false);

    /// <summary>The act with its last attempt replaced.</summary>
    public ChainAct WithLast(Attempt attempt) => this with { Attempts = Attempts.SetItem(Attempts.Length - 1, attempt) };
}
