using Stk.Rules.Spending;

namespace Stk.GrainInterfaces.Spending;

/// <summary>
/// What became of a write that may move value. A closed set. One id, one answer: also a refusal is given again.
/// </summary>
/// <typeparam name="T">What it answers where it is done.</typeparam>
[GenerateSerializer, Immutable, Alias("stk.spending-reply`1")]
public abstract record SpendingReply<T>
{
    private SpendingReply() { }

    /// <param name="IsReplay">True where it was done by an earlier copy of the request.</param>
    [GenerateSerializer, Immutable, Alias("stk.spending-reply.done`1")]
    public sealed record Done([property: Id(0)] T View, [property: Id(1)] bool IsReplay) : SpendingReply<T>;

    [GenerateSerializer, Immutable, Alias("stk.spending-reply.refused`1")]
    public sealed record Refused(
        [property: Id(0)] SpendingRefusal Reason, [property: Id(1)] bool IsReplay) : SpendingReply<T>
    {
        /// <summary>What the rule has met just now, in a sentence; null where it says it all.</summary>
        [Id(2)]
        public string? Detail { get; init; }
    }

    /// <summary>The id was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.spending-reply.key-reused`1")]
    public sealed record KeyReused : SpendingReply<T>;
}
