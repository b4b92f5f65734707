using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Identities;

/// <summary>Two participants who were made one.</summary>
/// <param name="From">To whom the ids belonged.</param>
/// <param name="Into">To whom they belong.</param>
/// <param name="Ids">How many, its own included.</param>
/// <param name="Moved">What has gone over.</param>
/// <param name="Approval">Of what waits for a second person; null where nothing does.</param>
/// <param name="UndoneAt">Null while it stands.</param>
public sealed record Merge(
    Guid Id, string From, string Into, int Ids, Amount Moved, Guid? Approval, DateTimeOffset At, string By, string Reason,
    DateTimeOffset? UndoneAt, string? UndoneBy, string? UndoneReason);

/// <param name="Items">The newest first; at most 200.</param>
public sealed record MergeList(ImmutableArray<Merge> Items);
