using Stk.Ledger.Verify;

namespace Stk.Verification;

internal sealed class JournalIsWhole(SharedVerification verification) : VerifiedInvariant(
    "I4", "The journal is whole, without gaps, and chained by hash to its head.", VerifyAspect.Journal, verification);
