using Stk.Client.Connections;

namespace Stk.Client.Problems;

/// <summary>A call that has not ended in success. The message is a sentence for people.</summary>
public abstract class ApiException : Exception
{
    /// <param name="write">Null of a read.</param>
    private protected ApiException(string message, SentWrite? write, Exception? cause)
        : base(message, cause)
    {
        IdempotencyKey = write?.Key;
        IsOutcomeUnknown = write is { IsPerhapsDone: true };
    }

    /// <summary>Of a write: what the call was sent with; null of a read.</summary>
    public string? IdempotencyKey { get; }

    /// <summary>True where a write may have been done all the same: the same again, with its key, is done once.</summary>
    public bool IsOutcomeUnknown { get; }
}
