using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <summary>What was sent through intake again.</summary>
/// <param name="Items">What is rejected or held again stays.</param>
/// <param name="Count">1,000 say that there may be more.</param>
public sealed record ReplayedEvents(ImmutableArray<ReplayedEvent> Items, int Count);

public sealed record ReplayedEvent(Guid Id, string Outcome, string? Field, string? Rule);
