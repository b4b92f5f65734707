using System.Collections.Immutable;

namespace Stk.Settlement.Machine;

/// <summary>What one thing seen leads to.</summary>
/// <param name="MustStore">
/// The act has changed: its row is written, where version is one less and the epoch is still ours, before any order is
/// carried out. Where the write is refused or its end unknown, the step has not happened: read the row again.
/// </param>
/// <param name="Orders">In order.</param>
public sealed record Step(FollowedAct After, bool MustStore, ImmutableArray<Order> Orders);
