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

    private static readonly string[] Types = ["ClubPostCreated", "ClubLikeGiven", "ClubPostCreated", "PageView"];
    private static readonly string[] Sources = ["club", "school"];

    public static IReadOnlyList<IntakeStep> Steps(Dice dice)
    {
        var steps = new List<IntakeStep>();
        var length = dice.Between(300, LengthMs);
        for (var sends = dice.Between(8, 30); sends > 0; sends--)
        {
            var at = dice.Next(length);
            var request = Request(dice);
            for (var copies = dice.Chance(4) ? dice.Between(1, 2) : 0; copies >= 0; copies--)
            {
                steps.Add(new IntakeStep.Send(
                    at + dice.Next(dice.Chance(2) ? 20 : 2_000), dice.Next(Writers), request, dice.Next(4),
                    dice.Next(int.MaxValue)));
            }
        }

        for (var seals = dice.Between(1, 3); seals > 0; seals--)
        {
            steps.Add(new IntakeStep.Seal(dice.Next(length), dice.Next(Writers), First, dice.Next(int.MaxValue)));
        }

        for (var crashes = dice.Next(2); crashes > 0; crashes--)
        {
            steps.Add(new IntakeStep.Crash(dice.Next(length), dice.Next(Writers)));
        }

        return steps;
    }

    private static IntakeRequest Request(Dice dice)
    {
        var source = dice.Of(Sources);
        var participant = dice.Between(1, 3);
        var events = ImmutableArray.CreateBuilder<ActivityEvent>();
        for (var count = dice.Between(1, 3); count > 0; count--)
        {
            events.Add(Event(dice));
        }

        return new(source, participant, events.ToImmutable());
    }

    // An event's content follows from its number: sent again, by whomever, it is the same.
    private static ActivityEvent Event(Dice dice)
    {
        var number = dice.Next(40);
        var own = new Dice(number);
        var at = (own.Chance(4) ? Second : First).Start.AddDays(own.Next(2)).AddMinutes(number);
        var name = string.Create(CultureInfo.InvariantCulture, $"{number}");
        if (!own.Chance(4))
        {
            return new(CauseId.Of("event", name), own.Of(Types), "ann", at);
        }

        return new(CauseId.Of("event", name), "ClubPostCreatedRetracted", "ann", at)
        {
            Retracts = CauseId.Of("event", string.Create(CultureInfo.InvariantCulture, $"{own.Next(40)}")),
        };
    }
}
