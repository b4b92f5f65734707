using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.ApiHost.Identities;

/// <param name="Items">The newest first; at most 200.</param>
internal sealed record MergesView(ImmutableArray<MergeItem> Items);

/// <summary>Two participants who were made one.</summary>
/// <param name="From">To whom the ids belonged.</param>
/// <param name="Into">To whom they belong.</param>
/// <param name="Ids">How many, its own included.</param>
/// <param name="Moved">What has gone over: nothing, as who was merged was never paid.</param>
/// <param name="Approval">Of what waits for a second person; null, as nothing does.</param>
/// <param name="UndoneAt">Null while it stands.</param>
internal sealed record MergeItem(
    Guid Id, string From, string Into, int Ids, Amount Moved, Guid? Approval, DateTimeOffset At, string By, string Reason,
    DateTimeOffset? UndoneAt, string? UndoneBy, string? UndoneReason);

/// <param name="From">An id of who was never paid.</param>
/// <param name="Into">An id of who stays.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record MergeBody(string From, string Into, string Reason);
