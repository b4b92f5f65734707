using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Activity;

/// <summary>What may be wrong with events as they are sent. Slugs are for ever: clients decide by them.</summary>
internal static class EventProblems
{
    public static readonly ProblemType EmptyBatch = new("empty-batch", 400, "Empty batch",
        "The array holds no event. Send at least one.");

    public static readonly ProblemType BatchTooLarge = new("batch-too-large", 413, "Batch too large",
        "At most 10,000 events go in one request, 50,000 as lines. Nothing has been stored.");

    public static readonly ProblemType EventRejected = new("event-rejected", 422, "Event rejected",
        "The event breaks a rule; errors names the member. It has not been stored.")
    {
        NamesFields = true,
    };

    public static readonly ProblemType TruncatedBody = new("truncated-body", 400, "Truncated body",
        "The last line is no complete JSON: the body has been cut. Nothing has been stored.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        EmptyBatch, BatchTooLarge, EventRejected, TruncatedBody,
    ];
}
