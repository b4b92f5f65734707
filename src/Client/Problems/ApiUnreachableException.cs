namespace Stk.Client.Problems;

/// <summary>No answer, after all repeats.</summary>
public sealed class ApiUnreachableException(Uri address, string what, string? idempotencyKey, Exception cause)
    : ApiException($"The API at {address} {what}.", idempotencyKey, cause)
{
    public override bool IsOutcomeUnknown => IdempotencyKey is not null;
}
