using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Vesting;

/// <summary>A counted event and what is said of it so far.</summary>
/// <param name="Verdict">Null: nothing yet.</param>
public readonly record struct JudgedEvent(EventPlace Place, EventVerdict? Verdict);

/// <summary>A counted event, what became of it, and its part of the grant.</summary>
public readonly record struct DecidedPart(EventPlace Place, EventVerdict Verdict, Amount Amount);

/// <summary>What becomes of a grant: decided once, whole. Released and cancelled are together its amount.</summary>
/// <param name="Parts">By (timestamp, source, uuid).</param>
public sealed record GrantDecision(ImmutableArray<DecidedPart> Parts, Amount Released, Amount Cancelled)
{
    /// <summary>As its parts tell.</summary>
    public DecisionReason Reason =>
        Parts.Any(part => part.Verdict.Cause == VerdictCause.Operator) ? DecisionReason.Operator
        : Parts.Any(part => part.Verdict.Cause == VerdictCause.Silence) ? DecisionReason.Deadline
        : DecisionReason.Complete;

    /// <summary>The last day on which a grant waits for evidence: that day's run decides.</summary>
    public static DateOnly DecidesBy(DateOnly unlocksOn, VestingCondition? condition) =>
        unlocksOn.AddDays(condition?.WaitDays ?? 0);

    /// <summary>What a day's run decides of an open grant; null where it waits.</summary>
    /// <param name="events">What it stands on, at least one, in any order.</param>
    /// <param name="condition">Of its type in the rule book of its week; null: released without one.</param>
    /// <param name="day">The run's.</param>
    /// <exception cref="ArgumentException">It stands on no event.</exception>
    public static GrantDecision? On(
        DateOnly day, Amount amount, DateOnly unlocksOn, ImmutableArray<JudgedEvent> events, VestingCondition? condition)
    {
        if (day < unlocksOn)
        {
            return null;
        }

        if (condition is null)
        {
            return Of(amount, events, _ => new(Verdict.Release, VerdictCause.Unconditional));
        }

        if (day < DecidesBy(unlocksOn, condition) && events.Any(one => one.Verdict is null))
        {
            return null;
        }

        return Of(amount, events, one => one.Verdict ?? Silent(condition));
    }

    /// <summary>What an operator decides, whatever is said of its events.</summary>
    public static GrantDecision ByOperator(Amount amount, ImmutableArray<JudgedEvent> events, Verdict verdict) =>
        Of(amount, events, _ => new(verdict, VerdictCause.Operator));

    /// <summary>An operator cancels at any time before the decision, and releases from the unlock day on.</summary>
    public static bool OperatorMay(Verdict verdict, DateOnly unlocksOn, DateOnly today) =>
        verdict == Verdict.Cancel || today >= unlocksOn;

    private static EventVerdict Silent(VestingCondition condition) => new(
        condition.Silence ?? throw new InvalidOperationException($"of {condition.Type} each event has a verdict"),
        VerdictCause.Silence);

    private static GrantDecision Of(
        Amount amount, ImmutableArray<JudgedEvent> events, Func<JudgedEvent, EventVerdict> verdict)
    {
        ImmutableArray<JudgedEvent> ordered = [.. events.OrderBy(one => one.Place)];
        var amounts = LargestRemainder.Divide(amount, [.. ordered.Select(_ => 1L)]);
        ImmutableArray<DecidedPart> parts =
            [.. ordered.Zip(amounts, (one, part) => new DecidedPart(one.Place, verdict(one), part))];
        var released = Amount.Sum(
            parts.Where(part => part.Verdict.Verdict == Verdict.Release).Select(part => part.Amount));
        return new(parts, released, amount - released);
    }
}
