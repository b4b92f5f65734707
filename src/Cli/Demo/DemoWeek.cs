using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Cli.Demo;

/// <summary>What the community does in a week.</summary>
/// <param name="Events">A JSON object each, by time.</param>
/// <param name="Earned">By participant: at least so much of the week's reward is not frozen.</param>
internal sealed record DemoWeek(ImmutableArray<string> Events, ImmutableSortedDictionary<string, Amount> Earned)
{
    // A type as often as it happens, of a hundred.
    private static readonly ImmutableArray<string> Types =
    [
        .. Enumerable.Repeat("SectionCompleted", 24), .. Enumerable.Repeat("ExerciseSave", 24),
        .. Enumerable.Repeat("ClubPostCreated", 7), .. Enumerable.Repeat("ClubLikeGiven", 14),
        .. Enumerable.Repeat("ClubLikeReceived", 11), .. Enumerable.Repeat("ClubCommentCreated", 9),
        .. Enumerable.Repeat("ClubCommentReceived", 6), .. Enumerable.Repeat("PeerReviewCompleted", 4),
        "CourseCompleted",
    ];

    public static DemoWeek Of(Community community, WeekId week, Dice dice)
    {
        var events = new List<(DateTimeOffset At, string Line)>();
        var earned = ImmutableSortedDictionary.CreateBuilder<string, Amount>(StringComparer.Ordinal);
        foreach (var person in community.People)
        {
            var days = new Dictionary<ActivityDay, int>();
            if (week == community.FirstWeek && person.Level > 1)
            {
                events.Add(
                    Event(
                        community, week, person, 0, ControlEvents.QualificationChanged, week.Start.AddHours(9),
                        person.Level));
            }

            // One in eight rests: a streak ends, another begins. In the first week nobody does: who has done nothing yet is
            // unknown, and can be sent nothing.
            var rests = dice.Next(8) == 0 && week != community.FirstWeek;
            var count = rests ? 0 : Math.Max(1, person.Activities - 2 + dice.Next(5));
            for (var number = 1; number <= count; number++)
            {
                var type = person.Role == "mentor" && dice.Next(6) == 0 ? "MentoringSessionCompleted" : dice.Pick(Types);
                var at = week.Start.AddDays(dice.Next(7)).AddHours(7 + dice.Next(15)).AddSeconds(dice.Next(3_600));
                events.Add(Event(community, week, person, number, type, at, null));
                if (RuleBook.FromTheSource.Weighted(type) is { VestsDays: 0 })
                {
                    var day = new ActivityDay(DateOnly.FromDateTime(at.UtcDateTime), type);
                    days[day] = days.GetValueOrDefault(day) + 1;
                }
            }

            // Level and streak only add to it.
            earned.Add(person.Id, Amount.OfStk(DayLimits.Points(days, RuleBook.FromTheSource)));
        }

        return new([.. events.OrderBy(item => item.At).Select(item => item.Line)], earned.ToImmutable());
    }

    private static (DateTimeOffset At, string Line) Event(
        Community community, WeekId week, Person person, int number, string type, DateTimeOffset at, int? level) => (at,
        JsonSerializer.Serialize(new
        {
            uuid = CauseId.Of(
                "demo", community.Seed.ToString(CultureInfo.InvariantCulture), week.ToString(), person.Id,
                number.ToString(CultureInfo.InvariantCulture)),
            @event = type,
            distinct_id = person.Id,
            timestamp = at.UtcDateTime,
            properties = level is { } value ? new Dictionary<string, int> { ["level"] = value } : [],
        }));
}
