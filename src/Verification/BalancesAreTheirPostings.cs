using Stk.Ledger.Verify;

namespace Stk.Verification;

internal sealed class BalancesAreTheirPostings(SharedVerification verification) : VerifiedInvariant(
    "I3", "Every balance, and the balance after every posting, is what the postings make.", VerifyAspect.Balances,
    verification);
