using Stk.Grains.Economy;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>What stands before a week's close, and what two operators let go on.</summary>
internal sealed class WeekClosing(
    WeekSeal seal, WeekBoundsGate bounds, RunTable runs, OverrideTable overrides, BoundOverrideTable boundOverrides,
    EconomyCache economy, IClock clock)
{
    /// <summary>In words; null where one operator may close it.</summary>
    public async Task<string?> Objection(WeekId week) =>
        await Obstacle(week, isOverridden: false) ?? (await Hold(week))?.Rule;

    /// <summary>What the week comes up against where two operators let it go on.</summary>
    public async Task<OverriddenClose> Overridden(WeekId week)
    {
        if (await Obstacle(week, isOverridden: true) is { } objection)
        {
            return new(objection, null);
        }

        return await runs.Read(week, CancellationToken.None) is { Done: WeekStage.Settle }
            ? new($"{week} must not be closed already", null)
            : await Hold(week) is { } hold
            ? new(hold.MayBeOverridden ? null : hold.Rule, hold.MayBeOverridden ? hold.Rule : null)
            : new(null, null);
    }

    /// <summary>Who approved that the week goes on; null where nobody has.</summary>
    public async Task<string?> FindApprover(WeekId week) =>
        (await overrides.Find(week, CancellationToken.None))?.ApprovedBy
        ?? await boundOverrides.FindApprover(week, CancellationToken.None);

    private async Task<string?> Obstacle(WeekId week, bool isOverridden)
    {
        await economy.Refresh(CancellationToken.None);
        if (economy.Genesis is not { } genesis || week < WeekId.Of(genesis))
        {
            return $"{week} must not lie before genesis";
        }

        return clock.Now < week.End
            ? $"{week} must have ended"
            : await seal.Obstacle(week, isOverridden, CancellationToken.None);
    }

    // Before its report nobody knows what a week comes to: a reason for its seal is none for its bounds.
    private async Task<BoundsHold?> Hold(WeekId week) =>
        await runs.Read(week, CancellationToken.None) is { Done: WeekStage.Report }
            ? await bounds.Look(week, CancellationToken.None)
            : null;
}

/// <summary>What a week comes up against that two operators let go on.</summary>
/// <param name="Objection">In words: what no reason lets go on; null where nothing is.</param>
/// <param name="Beyond">By how much it is beyond its bounds; null where it is not, or is not scored yet.</param>
internal sealed record OverriddenClose(string? Objection, string? Beyond);
