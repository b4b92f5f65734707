using Stk.Grains.Participants;
using Stk.Grains.RuleBooks;
using Stk.Grains.Vesting;
using Stk.Grains.Weeks;
using Stk.Reports.Statements;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Statements;

/// <summary>
/// Reads what a report is made of. Of one revision nothing changes once its week is settled, so that a report is the same
/// whenever it is asked for.
/// </summary>
internal sealed class StatementReports(
    ParticipantTable participants, StatementTable statements, CorrectionTable corrections, SealTable seals, RunTable runs,
    GrantTable grants, RuleBookTable books)
{
    /// <param name="revision">Null for the last.</param>
    /// <returns>
    /// Null where nobody has this id, where the week gave no statement and nothing was corrected, and where there is no such
    /// revision.
    /// </returns>
    public async Task<ReadReport?> Read(string id, WeekId week, int? revision, CancellationToken cancellation)
    {
        if (await participants.ReadPlace(id, cancellation) is not { } place)
        {
            return null;
        }

        var document = await statements.ReadDocument(place.Number, week, cancellation);
        var corrected = await corrections.Read(place.Number, week, cancellation);
        var last = corrected.All.Length + 1;
        if ((revision ?? last) < (document is null ? 2 : 1) || revision > last)
        {
            return null;
        }

        var (statement, book) = document is not null
            ? await Of(StatementJson.ReadStored(document), cancellation)
            : await Nothing(week, place.Number, corrected.Level ?? Level.First, cancellation);
        var before = await statements.ReadDocument(place.Number, week.Previous, cancellation);
        var past = await statements.ReadRewards(
            place.Number, week.Number, WeeklyReport.HistoryWeeks - 1, cancellation);
        var days = await seals.ReadDays(week, place.Shard, place.Number, cancellation);
        var report = WeeklyReport.Of(
            statement,
            days,
            before is null ? null : StatementJson.ReadStored(before),
            past.Select(reward => new WeekResult(reward.Week, reward.Points, reward.Reward)),
            book) with
        {
            Corrections = [.. corrected.All.Take((revision ?? last) - 1)],
            Unlocks = statement.Frozen.Micro > 0
                ? await grants.ReadUnlockDays(place.Number, week, cancellation)
                : [],
        };
        return new(report, book);
    }

    private async Task<(Statement Statement, RuleBook Book)> Of(Statement statement, CancellationToken cancellation) =>
        (statement, await books.ReadVersion(statement.Rules, cancellation));

    // What was added to a week that gave this participant nothing.
    private async Task<(Statement Statement, RuleBook Book)> Nothing(
        WeekId week, long participant, int level, CancellationToken cancellation)
    {
        var run = await runs.Read(week, cancellation)
            ?? throw new InvalidOperationException($"week {week} was corrected, and it has no run");
        var book = await books.ReadVersion(run.RulesVersion, cancellation);
        var scaling = new FundScaling(run.Reserved ?? default, run.Total ?? default);
        return (Statement.OfNothing(week, participant, level, scaling, book), book);
    }
}

/// <param name="Book">The version that the statement names.</param>
internal sealed record ReadReport(WeeklyReport Report, RuleBook Book);
