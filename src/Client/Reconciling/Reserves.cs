using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Stk.Rules.Money;

namespace Stk.Client.Reconciling;

/// <summary>What is on chain and in the ledger, of one final slot and one moment of the ledger.</summary>
/// <param name="FloatHeld">By the float.</param>
/// <param name="BurnDue">What the ledger has burned, and is not burned on chain yet.</param>
public sealed record Reserves(
    long Slot, long Sequence, Amount Supply, Amount Vault, [property: JsonPropertyName("float")] Amount FloatHeld,
    Amount InFlight, Amount Outside, Amount Suspense, Amount Issued, Amount Minted, Amount Burned, Amount BurnDue,
    Amount BurnedByHolders, bool Matches, DateTimeOffset At);

/// <param name="Cause">hour, run, asked or difference.</param>
/// <param name="Reserves">Null until it is done.</param>
/// <param name="Details">What does not match, a sentence each.</param>
public sealed record ChainReconciliation(
    long Number, string Cause, string? AskedBy, DateTimeOffset AskedAt, Reserves? Reserves, ImmutableArray<string> Details);

/// <param name="Asked">Always.</param>
public sealed record AskedReconciliation(bool Asked);

/// <param name="Kind">left, missing or beyond.</param>
public sealed record Difference(
    Guid Id, string Kind, Amount Amount, string? Account, string? Signature, string Details, DateTimeOffset FoundAt);

/// <param name="Items">The oldest first.</param>
public sealed record Differences(ImmutableArray<Difference> Items);
