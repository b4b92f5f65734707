using Stk.Ledger.Machine;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>One walk through the journal for the invariants that stand on it, whoever of them comes first.</summary>
internal sealed class SharedVerification(LedgerVerifier verifier, (long Sequence, Digest Hash)? published)
{
    private readonly Lock _lock = new();
    private string? _of;
    private Task<VerifyResult>? _walk;

    /// <summary>Of the last moment asked about; null before.</summary>
    public VerifyResult? Result { get; private set; }

    public async Task<VerifyResult> Get(Snapshot snapshot, CancellationToken cancellation)
    {
        Task<VerifyResult> walk;
        lock (_lock)
        {
            if (_walk is null || _of != snapshot.Id)
            {
                _of = snapshot.Id;
                _walk = verifier.Run(snapshot, published, cancellation);
            }

            walk = _walk;
        }

        return Result = await walk;
    }
}
