using Stk.Grains.Economy;
using Stk.Grains.RuleBooks;
using Stk.Grains.Sources;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>The border of a week: from its seal on no event is added to it.</summary>
internal sealed class WeekSeal(
    RunTable runs, SourceTable sources, BudgetTable budgets, OverrideTable overrides, RuleBookTable ruleBooks,
    EconomyCache economy, IClock clock)
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

        if (!isOverridden && await sources.ReadIncomplete(week.End, cancellation) is { Count: > 0 } incomplete)
        {
            return $"required sources must be complete to {week.End:yyyy-MM-ddTHH:mm:ssZ}: {string.Join(", ", incomplete)}";
        }

        // What was too much is raised or taken out: no two let it go on as it is.
        var over = await budgets.ReadOver(week, name: null, () => Book(week, cancellation), cancellation);
        return over.IsEmpty ? null : SourceBudget.Obstacle(over);
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

        var book = await Book(week, CancellationToken.None);
        var over = await runs.Seal(new(week, clock.Now, book, reason, by), CancellationToken.None);
        if (!over.IsEmpty)
        {
            throw new WeekBlockedException(SourceBudget.Obstacle(over));
        }

        FaultPoints.Reach("week.after-seal");
    }

    private async Task<RuleBook> Book(WeekId week, CancellationToken cancellation) =>
        (await ruleBooks.ReadHistory(cancellation)).Of(week);
}
