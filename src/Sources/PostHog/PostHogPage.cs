using System.Collections.Immutable;
using Stk.Rules.Objections;
using Stk.Sources.Reading;

namespace Stk.Sources.PostHog;

/// <summary>What an answer of the query API is. A closed set.</summary>
public abstract record PostHogPage
{
    private PostHogPage()
    {
    }

    /// <param name="Items">In the order of the page.</param>
    /// <param name="Last">Where the next page goes on; null where this one is empty.</param>
    /// <param name="HasMore">Whether there may be a next page.</param>
    public sealed record Read(ImmutableArray<ForeignItem> Items, PostHogPlace? Last, bool HasMore) : PostHogPage;

    /// <summary>The pull stops, and nothing moves.</summary>
    public sealed record Unreadable(Objection Objection) : PostHogPage;
}

/// <summary>Where a page ends: rows are ordered by it.</summary>
public readonly record struct PostHogPlace(DateTimeOffset At, Guid Uuid);
