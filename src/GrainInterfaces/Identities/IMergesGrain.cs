using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Identities;

namespace Stk.GrainInterfaces.Identities;

/// <summary>Participants who are one person, of whom one was never paid. Key: 0.</summary>
[Alias("stk.merges")]
public interface IMergesGrain : IGrainWithIntegerKey
{
    /// <summary>The newest first, at most 200.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<MergeView>> List(CancellationToken cancellation);

    /// <summary>Makes all ids of one participant another's. Answered means committed.</summary>
    [Alias("merge"), MayCall(CallerRoles.Operator)]
    Task<MergeReply> Merge(MergeRequest request, CancellationToken cancellation);

    /// <summary>Gives them back, in every week that is not sealed.</summary>
    [Alias("undo"), MayCall(CallerRoles.Operator)]
    Task<MergeReply> Undo(UndoMergeRequest request, CancellationToken cancellation);
}

/// <param name="From">An id of whoever is merged: to whom it belongs is meant.</param>
/// <param name="Into">An id of who stays, likewise.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.merge-request")]
public sealed record MergeRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string From,
    [property: Id(2)] string Into,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Merge">As <see cref="MergeView.Id"/>.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.undo-merge")]
public sealed record UndoMergeRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Merge,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="View">Null where it was refused.</param>
/// <param name="Refusal">Why nothing has changed; null where it has.</param>
[GenerateSerializer, Immutable, Alias("stk.merge-reply")]
public sealed record MergeReply(
    [property: Id(0)] MergeView? View,
    [property: Id(1)] LinkRefusal? Refusal = null,
    [property: Id(2)] KeyUse Key = KeyUse.First,
    [property: Id(3)] bool IsOperatorUnknown = false);

/// <param name="From">To whom the ids belonged.</param>
/// <param name="Into">To whom they belong now.</param>
/// <param name="Identities">How many, its own included.</param>
/// <param name="UndoneAt">Null while it stands.</param>
[GenerateSerializer, Immutable, Alias("stk.merge-view")]
public sealed record MergeView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string From,
    [property: Id(2)] string Into,
    [property: Id(3)] int Identities,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] string By,
    [property: Id(6)] string Reason,
    [property: Id(7)] DateTimeOffset? UndoneAt,
    [property: Id(8)] string? UndoneBy,
    [property: Id(9)] string? UndoneReason);
