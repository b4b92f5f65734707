using System.Collections.Immutable;
using System.Text.Json;

namespace Stk.ApiHost.Notices;

/// <summary>A page of what a participant was told, newest first.</summary>
/// <param name="Unread">How many are not read, of all: 1,000 at most.</param>
/// <param name="Next">The cursor of the page after; null at the end.</param>
internal sealed record InboxView(ImmutableArray<NoticeItem> Items, int Unread, string? Next);

/// <summary>Something that a participant is told of.</summary>
/// <param name="Kind">vesting.released, for one.</param>
/// <param name="Values">What there is to tell: its members are the kind's.</param>
/// <param name="Text">The same in words: plain text, in the participant's language.</param>
/// <param name="Read">Whether the participant has seen it.</param>
internal sealed record NoticeItem(
    Guid Id, string Kind, DateTimeOffset At, JsonElement Values, string Text, bool Read);

/// <param name="Through">The id of a notice: it and all that came before it are read.</param>
internal sealed record ReadThroughBody(Guid Through);

/// <summary>How much of the inbox is unread.</summary>
/// <param name="Unread">How many are not read: 1,000 at most.</param>
/// <param name="Latest">The newest notice's id; null where there is none.</param>
internal sealed record InboxStateView(int Unread, Guid? Latest);
