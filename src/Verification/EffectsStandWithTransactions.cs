using Stk.Ledger.Verify;

namespace Stk.Verification;

internal sealed class EffectsStandWithTransactions(SharedVerification verification) : VerifiedInvariant(
    "I16", "Each transaction has the companion rows that it was posted with, and each companion row its transaction.",
    VerifyAspect.Effects, verification);
