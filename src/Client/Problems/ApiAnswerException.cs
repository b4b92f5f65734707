namespace Stk.Client.Problems;

/// <summary>Something has answered, and not as STK's API does.</summary>
public sealed class ApiAnswerException(string message, string? idempotencyKey = null, Exception? cause = null)
    : ApiException(message, idempotencyKey, cause)
{
    public override bool IsOutcomeUnknown => IdempotencyKey is not null;
}
