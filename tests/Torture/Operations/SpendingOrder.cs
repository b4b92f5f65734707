using Stk.Rules.Causes;

namespace Stk.Torture.Operations;

internal enum SpendingAct
{
    Transfer = 1,
    Purchase = 2,

    /// <summary>Of a counted session.</summary>
    Use = 3,

    Refund = 4,
    FundSpend = 5,
    Approve = 6,
    Reject = 7,
}

/// <summary>A write about value, as it is sent: the same bytes under the same key each time.</summary>
/// <param name="By">The token's subject.</param>
/// <param name="Path">Below the API's root.</param>
/// <param name="Key">The Idempotency-Key; of a use the id in its body.</param>
/// <param name="Refusal">The problem it must be refused with; null where it may be done.</param>
internal sealed record SpendingOrder(
    SpendingAct Act, string By, string Path, string Key, string Body, string? Refusal = null)
{
    /// <summary>Under which the product keeps it.</summary>
    public Guid Id { get; } = Act == SpendingAct.Use ? Guid.Parse(Key) : CauseId.Of("request", By, $"POST /{Path}", Key);

    /// <summary>Of a decision: whether somebody else has asked for what it decides.</summary>
    public bool IsOfAnother { get; init; }

    public string Role => Act switch
    {
        SpendingAct.Transfer or SpendingAct.Purchase => "participant",
        SpendingAct.Use => "ingest",
        _ => "operator",
    };
}
