using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.OpenApi;

/// <summary>
/// What a topic brings to the host beside its endpoints. The composition root lists the topics; nothing else is common.
/// </summary>
/// <param name="Json">Of everything that stands in its bodies; null where it has none.</param>
/// <param name="Tag">The heading that its endpoints stand under in the description; null for none.</param>
internal sealed record Topic(IJsonTypeInfoResolver? Json, Tag? Tag)
{
    /// <summary>Types of problem that only it answers.</summary>
    public ImmutableArray<ProblemType> Problems { get; init; } = [];

    /// <summary>One of each body, written by the code that writes the real ones.</summary>
    public ImmutableArray<object> Examples { get; init; } = [];
}
