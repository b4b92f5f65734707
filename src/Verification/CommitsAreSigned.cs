using Stk.Ledger.Verify;

namespace Stk.Verification;

internal sealed class CommitsAreSigned(SharedVerification verification) : VerifiedInvariant(
    "I19", "Each commit of the ledger since signing began is signed by a key of the silos.", VerifyAspect.Signatures,
    verification);
