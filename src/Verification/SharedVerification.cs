using Stk.Ledger.Machine;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>One walk through the journal for the three invariants that stand on it.</summary>
internal sealed class SharedVerification(LedgerVerifier verifier, (long Sequence, Digest Hash)? published)
{
    private Snapshot? _of;

    /// <summary>Of the last snapshot asked about; null before.</summary>
    public VerifyResult? Result { get; private set; }

    public async Task<VerifyResult> Get(Snapshot snapshot, CancellationToken cancellation)
    {
        if (Result is null || _of != snapshot)
        {
            Result = await verifier.Run(snapshot, published, cancellation);
            _of = snapshot;
        }

        return Result;
    }
}
