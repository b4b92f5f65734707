using Stk.Ledger.Verify;

namespace Stk.Verification;

internal sealed class EffectsStandWithTransactions(SharedVerification verification) : VerifiedInvariant(
    "I16", "Each transaction has the effects that it was posted with, and each effect its transaction.",
    VerifyAspect.Effects, verification);
