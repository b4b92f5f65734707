using System.Collections.Immutable;

namespace Stk.ApiHost.Inputs;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Next">The cursor of the page after; null at the end.</param>
internal sealed record PageView<T>(ImmutableArray<T> Items, string? Next);
