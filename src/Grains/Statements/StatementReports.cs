using Stk.Grains.Participants;
using Stk.Grains.RuleBooks;
using Stk.Grains.Weeks;
using Stk.Reports.Statements;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Statements;

/// <summary>
/// Reads what a report is made of. Nothing of it changes once its week is scored, so that a report is the same whenever
/// it is asked for.
/// </summary>
internal sealed class StatementReports(
    ParticipantTable participants, StatementTable statements, SealTable seals, RuleBookTable books)
{
    /// <summary>Null where nobody has this id, and where the week gave no statement.</summary>
    public async Task<ReadReport?> Read(string id, WeekId week, CancellationToken cancellation)
    {
        if (await participants.ReadPlace(id, cancellation) is not { } place
            || await statements.ReadDocument(place.Number, week, cancellation) is not { } document)
        {
            return null;
        }

        var statement = StatementJson.ReadStored(document);
        var before = await statements.ReadDocument(place.Number, week.Previous, cancellation);
        var past = await statements.ReadRewards(
            place.Number, week.Number, WeeklyReport.HistoryWeeks - 1, cancellation);
        var days = await seals.ReadDays(week, place.Shard, place.Number, cancellation);
        var book = await books.ReadVersion(statement.Rules, cancellation);
        return new(
            WeeklyReport.Of(
                statement,
                days,
                before is null ? null : StatementJson.ReadStored(before),
                past.Select(reward => new WeekResult(reward.Week, reward.Points, reward.Reward)),
                book),
            book);
    }
}

/// <param name="Book">The version that the statement names.</param>
internal sealed record ReadReport(WeeklyReport Report, RuleBook Book);
