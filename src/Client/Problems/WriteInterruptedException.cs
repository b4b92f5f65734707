namespace Stk.Client.Problems;

/// <summary>
/// The caller has given up a write that may have been done all the same: the same again, with its key, is done once.
/// </summary>
/// <param name="idempotencyKey">What it was sent with.</param>
public sealed class WriteInterruptedException(
    string idempotencyKey, OperationCanceledException cause, CancellationToken cancellation)
    : OperationCanceledException("The call was given up, and may have been done.", cause, cancellation)
{
    public string IdempotencyKey { get; } = idempotencyKey;
}
