using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <param name="Items">By name.</param>
public sealed record SourceList(ImmutableArray<Source> Items);
