using System.Collections.Immutable;

namespace Stk.Client.Connections;

/// <param name="Next">The cursor of the page after; null at the end, and of a list that comes whole.</param>
internal sealed record Page<T>(ImmutableArray<T> Items, string? Next);
