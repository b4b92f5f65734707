using System.Collections.Immutable;
using Stk.GrainInterfaces.Reconciling;
using Stk.Rules.Money;

namespace Stk.ApiHost.Reconciling;

/// <summary>What is on chain and in the ledger, of one final slot and one moment of the ledger.</summary>
/// <param name="Slot">Up to which our accounts were read.</param>
/// <param name="Sequence">The ledger's head then.</param>
/// <param name="Supply">On chain.</param>
/// <param name="InFlight">On its way to wallets.</param>
/// <param name="Outside">What others hold on chain.</param>
/// <param name="Suspense">What has arrived, and nobody knows whose it is.</param>
/// <param name="Issued">By the ledger.</param>
/// <param name="Minted">On chain.</param>
/// <param name="Burned">On chain, by us.</param>
/// <param name="BurnDue">What the ledger has burned, and is not burned on chain yet.</param>
/// <param name="BurnedByHolders">What others have burned of their own.</param>
/// <param name="Matches">Whether ledger and chain are equal.</param>
internal sealed record ReservesView(
    long Slot, long Sequence, Amount Supply, Amount Vault, Amount Float, Amount InFlight, Amount Outside, Amount Suspense,
    Amount Issued, Amount Minted, Amount Burned, Amount BurnDue, Amount BurnedByHolders, bool Matches, DateTimeOffset At)
{
    public static ReservesView Of(ReconciledSums sums) => new(
        sums.Slot, sums.Sequence, sums.Supply, sums.Vault, sums.FloatHeld, sums.InFlight, sums.Outside, sums.Suspense,
        sums.Issued, sums.Minted, sums.Burned, sums.BurnDue, sums.BurnedByHolders, sums.Matches, sums.At);
}

/// <param name="Cause">hour, run, asked or difference.</param>
/// <param name="AskedBy">Null where it was due by itself.</param>
/// <param name="Reserves">Null until it is done.</param>
/// <param name="Details">What does not match, a sentence each.</param>
internal sealed record ReconciliationItem(
    long Number, string Cause, string? AskedBy, DateTimeOffset AskedAt, ReservesView? Reserves,
    ImmutableArray<string> Details)
{
    public static ReconciliationItem Of(ReconciliationView view) => new(
        view.Number, view.Cause, view.AskedBy, view.AskedAt, view.Sums is { } sums ? ReservesView.Of(sums) : null,
        view.Sums?.Details ?? []);
}

/// <param name="Asked">Always: it is done within a minute, where the chain answers.</param>
internal sealed record ReconcileView(bool Asked);

/// <summary>What ledger and chain differ in, and nothing has made good yet.</summary>
/// <param name="Kind">
/// left: by nobody's decision; missing: of what our accounts should hold; beyond: of what was minted.
/// </param>
/// <param name="Account">Ours; null where it is about all.</param>
/// <param name="Signature">Of the transaction on Solana; null where none shows it.</param>
internal sealed record DifferenceItem(
    Guid Id, string Kind, Amount Amount, string? Account, string? Signature, string Details, DateTimeOffset FoundAt)
{
    public static DifferenceItem Of(DifferenceView difference) => new(
        difference.Id, difference.Kind, difference.Amount, difference.Account, difference.Signature, difference.Details,
        difference.FoundAt);
}

/// <param name="Items">The oldest first.</param>
internal sealed record DifferencesView(ImmutableArray<DifferenceItem> Items);
