using Stk.Rules.Time;

namespace Stk.ApiHost.Inputs;

/// <summary>An instant that is kept, as text: read as every instant is, and of an age that the economy can have.</summary>
internal static class Instant
{
    public const string Rule =
        "must be an ISO 8601 date and time from the year 2000 on, with an offset or Z, such as 2025-12-18T09:30:00Z";

    public static bool TryParse(string text, out DateTimeOffset at) =>
        InstantText.TryParse(text, out at) && at.Year is >= 2000 and < 9999;
}
