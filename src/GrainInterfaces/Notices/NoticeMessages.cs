using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;

namespace Stk.GrainInterfaces.Notices;

/// <param name="IsRead">Only those that are read, or are not; null: all.</param>
/// <param name="ShowsNotes">False to whoever has not said why they read what others wrote.</param>
[GenerateSerializer, Immutable, Alias("stk.list-notices")]
public sealed record ListNotices(
    [property: Id(0)] PageRequest Page, [property: Id(1)] bool? IsRead, [property: Id(2)] bool ShowsNotes);

/// <param name="Unread">How many are not read; at most <see cref="InboxState.MostCounted"/>.</param>
[GenerateSerializer, Immutable, Alias("stk.inbox-page")]
public sealed record InboxPage(
    [property: Id(0)] ImmutableArray<InboxNotice> Notices,
    [property: Id(1)] int Unread,
    [property: Id(2)] string? Next,
    [property: Id(3)] bool IsCursorValid = true);

/// <param name="Kind"><c>vesting.released</c>, for one.</param>
/// <param name="Values">JSON: what there is to tell, by kind.</param>
/// <param name="Text">The same in words, in the participant's language: plain text.</param>
[GenerateSerializer, Immutable, Alias("stk.inbox-notice")]
public sealed record InboxNotice(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Values,
    [property: Id(4)] string Text,
    [property: Id(5)] bool IsRead);

/// <param name="Latest">Of the newest notice; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("stk.inbox-state")]
public sealed record InboxState([property: Id(0)] int Unread, [property: Id(1)] Guid? Latest)
{
    /// <summary>Nobody counts further.</summary>
    public const int MostCounted = 1_000;
}

/// <summary>How a participant wants to be told of things, in words of JSON.</summary>
/// <param name="Language"><c>ru</c>, <c>en</c>.</param>
/// <param name="Zone">Of the IANA's list.</param>
/// <param name="QuietFrom">The first quiet minute of the day; null, as <paramref name="QuietTo"/>: never.</param>
/// <param name="Digest"><c>immediate</c>, <c>daily</c>, <c>weekly</c>.</param>
/// <param name="Kinds">Channels by kind; in an answer, of every kind.</param>
[GenerateSerializer, Immutable, Alias("stk.notice-choices")]
public sealed record NoticeChoices(
    [property: Id(0)] string Language,
    [property: Id(1)] string Zone,
    [property: Id(2)] int? QuietFrom,
    [property: Id(3)] int? QuietTo,
    [property: Id(4)] string Digest,
    [property: Id(5)] ImmutableDictionary<string, ImmutableArray<string>> Kinds);

/// <summary>What a link in a message is about.</summary>
/// <param name="Kind">Null: every kind.</param>
/// <param name="Channel"><c>email</c>, for one.</param>
/// <param name="Language">Of its reader: <c>ru</c>, <c>en</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.linked-notices")]
public sealed record LinkedNotices(
    [property: Id(0)] string? Kind, [property: Id(1)] string Channel, [property: Id(2)] string Language);
