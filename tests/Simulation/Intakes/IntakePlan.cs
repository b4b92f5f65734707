using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Weeks;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Intakes;

/// <summary>Few participants, days and uuids, so that events meet their copies, their retractions and the seal.</summary>
internal static class IntakePlan
{
    public const int Writers = 2;
    public const int LengthMs = 5_000;

    public static readonly WeekId First = WeekId.OfNumber(202549);
    public static readonly WeekId Second = First.Next;

    // Of different events.
    private const int Numbers = 30;

    private static readonly string[] Sources = ["club", "school"];

    public static IReadOnlyList<IntakeStep> Steps(Dice dice)
    {
        var steps = new List<IntakeStep>();
        var length = dice.Between(300, LengthMs);
        // Much of it comes while the week is being sealed.
        var seal = dice.Next(length);
        for (var sends = dice.Between(8, 30); sends > 0; sends--)
        {
            var at = dice.Chance(3) ? dice.Next(length) : Math.Max(0, seal + dice.Between(-40, 40));
            var request = Request(dice);
            for (var copies = dice.Chance(4) ? dice.Between(1, 2) : 0; copies >= 0; copies--)
            {
                steps.Add(new IntakeStep.Send(
                    at + dice.Next(dice.Chance(2) ? 20 : 2_000), dice.Next(Writers), request, dice.Next(4),
                    dice.Next(int.MaxValue)));
            }
        }

        // What a retraction of the week after takes back: known before the seal, taken back while it is made.
        for (var pairs = dice.Next(5); pairs > 0; pairs--)
        {
            var (number, participant) = (6 * dice.Next(Numbers / 6), dice.Between(1, 2));
            Add(Math.Max(0, seal - dice.Between(200, 900)), number);
            Add(Math.Max(0, seal + dice.Between(-30, 30)), number + 2);

            void Add(int at, int which) => steps.Add(new IntakeStep.Send(
                at, dice.Next(Writers), new(Sources[0], participant, [Event(which)]), Retries: 2, dice.Next(int.MaxValue)));
        }

        for (var seals = dice.Between(1, 3); seals > 0; seals--)
        {
            steps.Add(new IntakeStep.Seal(seal, dice.Next(Writers), First, dice.Next(int.MaxValue)));
            seal += dice.Next(1_000);
        }

        for (var crashes = dice.Next(2); crashes > 0; crashes--)
        {
            steps.Add(new IntakeStep.Crash(dice.Next(length), dice.Next(Writers)));
        }

        return steps;
    }

    private static IntakeRequest Request(Dice dice)
    {
        var source = dice.Chance(4) ? Sources[1] : Sources[0];
        var participant = dice.Between(1, 2);
        var events = ImmutableArray.CreateBuilder<ActivityEvent>();
        for (var count = dice.Chance(2) ? 1 : dice.Between(2, 3); count > 0; count--)
        {
            events.Add(Event(dice.Next(Numbers)));
        }

        return new(source, participant, events.ToImmutable());
    }

    // An event's content follows from its number: sent again, by whomever, it is the same.
    private static ActivityEvent Event(int number) => (number % 6) switch
    {
        0 => Of(number, First, "ClubPostCreated"),
        1 => Of(number, First, "ClubPostCreated"),
        // Of the week after takes back what the seal may be counting just now.
        2 => Of(number, Second, "ClubPostCreatedRetracted") with { Retracts = Uuid(number - 2) },
        3 => Of(number, First, "ClubPostCreatedRetracted") with { Retracts = Uuid(number - 2) },
        4 => Of(number, Second, "ClubLikeGiven"),
        _ => Of(number, First, number % 4 == 1 ? "PageView" : "ClubLikeGiven"),
    };

    private static ActivityEvent Of(int number, WeekId week, string type) =>
        new(Uuid(number), type, "ann", week.Start.AddDays(number % 2).AddMinutes(number));

    private static Guid Uuid(int number) =>
        CauseId.Of("event", string.Create(CultureInfo.InvariantCulture, $"{number}"));
}
