using Stk.Grains.Economy;
using Stk.Grains.RuleBooks;
using Stk.Grains.Sources;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>The border of a week: from its seal on no event is added to it.</summary>
internal sealed class WeekSeal(
    RunTable runs, SourceTable sources, OverrideTable overrides, RuleBookTable ruleBooks, EconomyCache economy, IClock clock)
{
    /// <summary>What must come before the seal, in words; null where nothing must.</summary>
    /// <param name="isOverridden">Two operators do not wait for required sources.</param>
    public async Task<string?> Obstacle(WeekId week, bool isOverridden, CancellationToken cancellation)
    {
        if (economy.Genesis is { } genesis && week > WeekId.Of(genesis))
        {
            // The streak stands on the statements of the week before.
            if (await runs.Read(week.Previous, cancellation) is not { ScoredAt: not null })
            {
                return $"{week.Previous} must be sealed and scored first";
            }
        }

        if (isOverridden)
        {
            return null;
        }

        var incomplete = await sources.ReadIncomplete(week.End, cancellation);
        return incomplete.Count == 0
            ? null
            : $"required sources must be complete to {week.End:yyyy-MM-ddTHH:mm:ssZ}: {string.Join(", ", incomplete)}";
    }

    /// <exception cref="WeekBlockedException">The week has not ended, or something must come first.</exception>
    public async Task Set(WeekId week, WeekState asked)
    {
        if (clock.Now < week.End)
        {
            throw new WeekBlockedException($"{week} has not ended");
        }

        // In the state: as builds kept it that let one person override.
        var approved = await overrides.Find(week, CancellationToken.None);
        var (reason, by) = approved is null
            ? (asked.OverrideReason, asked.OverrideBy)
            : (approved.Reason, approved.AskedBy);
        if (await Obstacle(week, reason is not null, CancellationToken.None) is { } obstacle)
        {
            throw new WeekBlockedException(obstacle);
        }

        var book = (await ruleBooks.ReadHistory(CancellationToken.None)).Of(week);
        await runs.Seal(
            new(week, clock.Now, book.Version, reason, by), CancellationToken.None);
        FaultPoints.Reach("week.after-seal");
    }
}
