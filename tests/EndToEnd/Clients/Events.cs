using System.Globalization;
using System.Text.Json;

namespace Stk.EndToEnd.Clients;

/// <summary>Events as a source sends them.</summary>
public static class Events
{
    /// <param name="key">Whatever tells this event from others: the same key is the same event.</param>
    public static object Of(string key, string type, string participant, string timestamp, object? properties = null) => new
    {
        uuid = PlannedEvent.IdOf(key),
        @event = type,
        distinct_id = participant,
        timestamp,
        properties = properties ?? new { },
    };

    /// <summary>
    /// Some weeks of a small community from Monday 2025-01-06 on: points over limits, types that vest, types without a
    /// weight, a level, a retraction, and one event of a week that is closed by then. The same at each call.
    /// </summary>
    /// <returns>Each with the number of the week that it is sent in, from 0.</returns>
    public static IEnumerable<(int Week, string Line)> Weeks(int weeks, int participants, int aWeek)
    {
        var random = new Random(17);
        string[] types =
        [
            "SectionCompleted", "ExerciseSave", "ClubPostCreated", "ClubLikeGiven", "ClubLikeReceived", "ClubCommentCreated",
            "MentoringSessionCompleted", "PeerReviewCompleted", "PageView",
        ];
        var monday = new DateTimeOffset(2025, 1, 6, 0, 0, 0, TimeSpan.Zero);
        for (var week = 0; week < weeks; week++)
        {
            for (var number = 0; number < aWeek; number++)
            {
                var at = monday.AddDays(7 * week).AddSeconds(number * (7 * 86_400.0 / aWeek));
                var participant = $"member-{random.Next(participants)}";
                yield return (week, Line($"{week}-{number}", types[random.Next(types.Length)], participant, at));
                if (number % 40 == 5)
                {
                    yield return (week, Line(
                        $"level-{week}-{number}", "QualificationChanged", participant, at, new { level = 1 + random.Next(8) }));
                }
            }

            if (week > 0)
            {
                yield return (week, Line(
                    $"late-{week}", "ExerciseSave", "member-0", monday.AddDays(7 * (week - 1)).AddHours(1)));
            }
        }
    }

    private static string Line(string key, string type, string participant, DateTimeOffset at, object? properties = null) =>
        JsonSerializer.Serialize(Of(
            key, type, participant, at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), properties));
}
