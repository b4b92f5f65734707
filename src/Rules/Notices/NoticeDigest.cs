using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Notices;

/// <summary>How often a person wants to be written to. Stored: add at the end, never renumber.</summary>
public enum NoticeDigest : short
{
    Immediate = 1,
    Daily = 2,
    Weekly = 3,
}

public static class NoticeDigests
{
    public static readonly ImmutableArray<NoticeDigest> All =
        [NoticeDigest.Immediate, NoticeDigest.Daily, NoticeDigest.Weekly];

    /// <summary>When a digest is made, by the clock of the person's zone.</summary>
    public static readonly TimeOnly At = new(9, 0);

    /// <summary>
    /// Of a weekly one: when the week's statements are told, at 08:00 UTC of Monday, it may be Monday evening in the east.
    /// </summary>
    public const DayOfWeek WeeklyOn = DayOfWeek.Tuesday;

    public static string WireName(this NoticeDigest digest) => digest switch
    {
        NoticeDigest.Immediate => "immediate",
        NoticeDigest.Daily => "daily",
        NoticeDigest.Weekly => "weekly",
        _ => throw new UnreachableException(),
    };

    /// <summary>When what there is to tell at an instant is told: after it, where it is gathered.</summary>
    public static DateTimeOffset Next(this NoticeDigest digest, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (digest == NoticeDigest.Immediate)
        {
            return at;
        }

        var day = PersonsClock.Shows(zone, at).Date;
        while (true)
        {
            if ((digest == NoticeDigest.Daily || day.DayOfWeek == WeeklyOn)
                && PersonsClock.FirstAt(zone, day + At.ToTimeSpan(), at) is var gathered && gathered > at)
            {
                return gathered;
            }

            day = day.AddDays(1);
        }
    }
}
