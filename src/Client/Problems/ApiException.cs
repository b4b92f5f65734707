namespace Stk.Client.Problems;

/// <summary>A call that has not ended in success. The message is a sentence for people.</summary>
/// <param name="idempotencyKey">Of a write: what the call was sent with; null of a read.</param>
public abstract class ApiException(string message, string? idempotencyKey, Exception? cause) : Exception(message, cause)
{
    public string? IdempotencyKey { get; } = idempotencyKey;

    /// <summary>True where a write may have been done all the same: the same again, with its key, is done once.</summary>
    public abstract bool IsOutcomeUnknown { get; }
}
