using Stk.SignerCalls.Answers;

namespace Stk.Signer.Judging;

/// <summary>A rule that says no.</summary>
/// <param name="Why">A sentence without its end, which holds no proof and no bytes.</param>
/// <param name="Payout">The one that it is about; null where it is about all.</param>
internal sealed record Objection(RefusalRule Rule, string Why, Guid? Payout = null);
