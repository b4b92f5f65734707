using System.Text.Json;

namespace Stk.Client.Notices;

/// <summary>Something that a participant was told of.</summary>
/// <param name="Kind">vesting.released, for one.</param>
/// <param name="Values">Its members are the kind's.</param>
/// <param name="Text">The same in words: plain text.</param>
public sealed record InboxNotice(Guid Id, string Kind, DateTimeOffset At, JsonElement Values, string Text, bool Read);
