using System.Collections.Immutable;

namespace Stk.GrainInterfaces.Participants;

/// <summary>A page of notices, newest first.</summary>
[GenerateSerializer, Immutable, Alias("stk.notice-page")]
public sealed record NoticePage(
    [property: Id(0)] ImmutableArray<NoticeView> Notices,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Kind"><c>vesting.released</c>, for one.</param>
/// <param name="Values">JSON: what there is to tell, by kind.</param>
[GenerateSerializer, Immutable, Alias("stk.notice-view")]
public sealed record NoticeView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Values,
    [property: Id(4)] bool IsRead);
