using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Stk.Testing.Economies;

/// <summary>
/// Weeks of a small community from Monday 2024-12-30 on: rewards that are frozen and what is said of them, people who fall
/// silent in their first days, and some of these who come back after the quarter's run of 7 April 2025. The same at each
/// call: the random numbers of a seed are the platform's promise.
/// </summary>
public static class EvidenceYear
{
    public const int Seed = 2025;
    public const int People = 20;

    /// <summary>Past the quarter's run and what it gives back to those who have returned.</summary>
    public const int ShortWeeks = 19;

    public const int Weeks = 52;

    /// <summary>The first day of all, 91 days after which the quarter begins.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 12, 30, 0, 0, 0, TimeSpan.Zero);

    // From the run's own week on.
    private const int ReturnWeek = 14;
    private const int WeeksOfReturn = 5;

    private static readonly ImmutableArray<string> Plain = ["SectionCompleted", "ExerciseSave", "ClubPostCreated"];

    private static readonly ImmutableArray<string> Frozen =
        ["PeerReviewCompleted", "MentoringSessionCompleted", "ProjectMilestoneCompleted", "ReferralActivated"];

    /// <summary>By time, then key.</summary>
    public static ImmutableArray<YearEvent> Of(int weeks, int seed = Seed)
    {
        var random = new Random(seed);
        var events = new List<YearEvent>();
        for (var week = 0; week < weeks; week++)
        {
            for (var person = 0; person < People; person++)
            {
                if (IsActive(random, person, week))
                {
                    Act(random, events, person, week);
                }
            }
        }

        var end = Monday.AddDays(7 * weeks);
        return
        [
            .. events.Where(one => one.At < end).OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The week of an event, from 0.</summary>
    public static int WeekOf(YearEvent one) => (one.At - Monday).Days / 7;

    public static string Name(int person) => string.Create(CultureInfo.InvariantCulture, $"year-{person:00}");

    /// <summary>Of the first days alone, and of the weeks after the run where they return.</summary>
    public static bool IsSilent(int person) => person % 5 < 2;

    public static bool Returns(int person) => person % 5 == 0;

    private static bool IsActive(Random random, int person, int week) => week == 0
        || (IsSilent(person)
            ? Returns(person) && week is >= ReturnWeek and < ReturnWeek + WeeksOfReturn
            : random.Next(10) < 8);

    private static void Act(Random random, List<YearEvent> events, int person, int week)
    {
        // In the first week on Monday or Tuesday: 90 days before the quarter and more.
        var days = week == 0 ? 2 : 7;
        for (var number = random.Next(1, 4); number > 0; number--)
        {
            events.Add(New(random, Plain[random.Next(Plain.Length)], person, week, days, Text($"plain-{week}-{person}-{number}")));
        }

        if (random.Next(3) > 0)
        {
            var earned = New(random, Frozen[(person + week) % Frozen.Length], person, week, days, Text($"frozen-{week}-{person}"));
            if (earned.Type == "ReferralActivated" && random.Next(6) > 0)
            {
                earned.Properties["referred"] = Name(random.Next(People));
            }

            events.Add(earned);
            Say(random, events, earned);
        }
    }

    // Some is said twice, some is taken back, some of it comes when the day has gone.
    private static void Say(Random random, List<YearEvent> events, YearEvent earned)
    {
        for (var number = random.Next(3); number > 0; number--)
        {
            if (Evidence(random, earned, number) is not { } said)
            {
                return;
            }

            events.Add(said);
            if (random.Next(6) == 0)
            {
                events.Add(new(
                    $"{said.Key}-back", $"{said.Type}Retracted", said.Participant, said.At.AddHours(random.Next(1, 90)),
                    new() { ["retracts"] = PlannedEvent.IdOf(said.Key) }));
            }
        }
    }

    private static YearEvent? Evidence(Random random, YearEvent earned, int number)
    {
        var (type, properties, days) = earned.Type switch
        {
            "PeerReviewCompleted" => ("PeerReviewWithdrawn", new JsonObject(), 40),
            "MentoringSessionCompleted" => ("MentoringRated", new JsonObject { ["rating"] = random.Next(1, 6) }, 40),
            "ProjectMilestoneCompleted" => ("ProjectValidated", new JsonObject { ["approved"] = random.Next(4) > 0 }, 100),
            _ => ("", new JsonObject(), 0),
        };
        properties["for"] = PlannedEvent.IdOf(earned.Key);
        return type.Length == 0
            ? null
            : new(
                Text($"{earned.Key}-said-{number}"), type, earned.Participant,
                earned.At.AddMinutes(random.Next(1, days * 24 * 60)), properties);
    }

    private static YearEvent New(Random random, string type, int person, int week, int days, string key) => new(
        key, type, Name(person), Monday.AddDays(7 * week).AddSeconds(random.Next(days * 86_400)), []);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
