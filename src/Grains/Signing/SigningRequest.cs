using System.Collections.Immutable;
using Stk.Ledger;
using Stk.Settlement.Plans;
using Stk.Solana.Messages;

namespace Stk.Grains.Signing;

/// <summary>A batch that is to be signed.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Payouts">In the plan's order.</param>
/// <param name="UnitPriceMicroLamports">Unit: micro-lamports a compute unit.</param>
/// <param name="Message">As it was tried out; the signer's own differs from it in nothing but the lifetime.</param>
/// <param name="Head">The ledger's, now.</param>
public sealed record SigningRequest(
    Guid Act,
    int Attempt,
    ActPlan Plan,
    ImmutableArray<SigningPayout> Payouts,
    ulong UnitPriceMicroLamports,
    Message Message,
    LedgerHead Head);

/// <summary>One payout, with what shows that its wallet is the participant's.</summary>
/// <param name="Participant">The id, as the proof's text names it.</param>
/// <param name="Proof">The link's, as its row has it: JSON.</param>
public sealed record SigningPayout(PlannedPayout Planned, string Participant, string Proof);
