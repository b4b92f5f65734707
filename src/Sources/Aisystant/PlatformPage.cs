using System.Collections.Immutable;
using Stk.Rules.Objections;
using Stk.Sources.Reading;

namespace Stk.Sources.Aisystant;

/// <summary>What an answer of the platform is. A closed set.</summary>
public abstract record PlatformPage
{
    private PlatformPage()
    {
    }

    /// <param name="Items">In the order of the page.</param>
    /// <param name="Next">The cursor of the next page; null after the last.</param>
    /// <param name="CompleteTo">The platform's promise that nothing older will be added.</param>
    public sealed record Events(ImmutableArray<ForeignItem> Items, string? Next, DateTimeOffset CompleteTo) : PlatformPage;

    /// <param name="Items">In the order of the page.</param>
    /// <param name="Next">The cursor of the next page; null after the last.</param>
    public sealed record Profiles(ImmutableArray<PlatformProfile> Items, string? Next) : PlatformPage;

    /// <summary>The pull stops, and nothing moves.</summary>
    public sealed record Unreadable(Objection Objection) : PlatformPage;
}
