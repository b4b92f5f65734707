using System.Text.Json;

namespace Stk.ApiHost.Notices;

/// <summary>Something that a participant is told of.</summary>
/// <param name="Kind">vesting.released, for one.</param>
/// <param name="Values">What there is to tell: its members are the kind's.</param>
/// <param name="Read">Whether the participant has seen it.</param>
internal sealed record NoticeItem(Guid Id, string Kind, DateTimeOffset At, JsonElement Values, bool Read);
