using System.Collections.Immutable;
using Stk.Grains.RuleBooks;
using Stk.Rules.Bounds;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>What stands between a scored week and its payment: the bounds of its rule book.</summary>
internal sealed class WeekBoundsGate(
    RunTable runs, RuleBookTable ruleBooks, MeasureTable measures, BoundOverrideTable overrides)
{
    /// <summary>Why a week that is scored is not paid yet; null where nothing keeps it.</summary>
    public async Task<BoundsHold?> Look(WeekId week, CancellationToken cancellation)
    {
        var run = await runs.ReadSealed(week);
        var bounds = (await ruleBooks.ReadVersion(run.RulesVersion, cancellation)).Bounds;
        if (bounds == WeekBounds.None)
        {
            return null;
        }

        if (await runs.Read(week.Previous, cancellation) is { SettledAt: null })
        {
            // It is held against closed weeks: which ones must not depend on when somebody asks.
            return new($"{week.Previous} must be closed first", MayBeOverridden: false);
        }

        return await Beyond(run, bounds, cancellation) is { IsEmpty: false } beyond
            && !await overrides.Exists(week, cancellation)
                ? new(
                    $"{week} is beyond the bounds of the {WeekBoundsCheck.ClosedWeeks} weeks closed before it: {string.Join("; ", beyond)}. Closed with a reason that another operator approves, it is paid all the same",
                    MayBeOverridden: true)
                : null;
    }

    private async Task<ImmutableArray<string>> Beyond(Run run, WeekBounds bounds, CancellationToken cancellation)
    {
        var before = await runs.ReadClosedBefore(run.Week, WeekBoundsCheck.ClosedWeeks, cancellation);
        if (before.Length < WeekBoundsCheck.ClosedWeeks)
        {
            return [];
        }

        var closed = ImmutableArray.CreateBuilder<WeekMeasure>(before.Length);
        foreach (var other in before)
        {
            closed.Add(await Measure(other, bounds, cancellation));
        }

        return WeekBoundsCheck.Beyond(bounds, await Measure(run, bounds, cancellation), closed.ToImmutable());
    }

    private async Task<WeekMeasure> Measure(Run run, WeekBounds bounds, CancellationToken cancellation)
    {
        var isDivided = bounds.NewcomersRiseBp is not null || bounds.SourceRiseBp is not null;
        var book = await ruleBooks.ReadVersion(run.RulesVersion, cancellation);
        return new(
            run.Week, run.Total ?? throw new InvalidOperationException($"week {run.Week} has no total yet"), run.Participants,
            isDivided ? await measures.ReadOrMeasure(run.Week, book, cancellation) : null);
    }
}

/// <param name="Rule">In words: what must come first.</param>
/// <param name="MayBeOverridden">The reason of one operator, approved by another, lets the week go on.</param>
internal sealed record BoundsHold(string Rule, bool MayBeOverridden);
