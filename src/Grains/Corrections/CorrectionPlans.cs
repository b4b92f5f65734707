using System.Collections.Immutable;
using Stk.Grains.AuditLog;
using Stk.Grains.Notices;
using Stk.Grains.Participants;
using Stk.Grains.RuleBooks;
using Stk.Grains.Suspensions;
using Stk.Grains.Weeks;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.Grains.Corrections;

/// <summary>What correcting a week comes to now, whether one person asks for it or two have agreed.</summary>
internal sealed class CorrectionPlans(
    RunTable runs, StatementTable statements, CorrectionTable corrections, ParticipantTable participants,
    RuleBookTable ruleBooks, SiloSuspensions suspensions)
{
    /// <returns>The terms, or why it cannot be.</returns>
    public async Task<(CorrectionTerms? Terms, SpendingRefusal? Objection)> Find(
        WeekId week, string participant, Amount amount, CancellationToken cancellation)
    {
        if (await runs.Read(week, cancellation) is not { SettledAt: not null } run)
        {
            return (null, SpendingRefusal.WeekNotSettled);
        }

        if (await participants.ReadPlace(participant, cancellation) is not { } place)
        {
            return (null, SpendingRefusal.UnknownParticipant);
        }

        if (amount < Amount.Zero)
        {
            await suspensions.Refresh(cancellation);
            if (suspensions.IsSuspended(place.Number))
            {
                return (null, SpendingRefusal.ParticipantSuspended);
            }
        }

        var before = await corrections.Read(place.Number, week, cancellation);
        int? level = await statements.ReadDocument(place.Number, week, cancellation) is null
            ? before.Level ?? await ReadLevel(participant, run, cancellation)
            : null;
        return (new(week, place.Number, participant, amount, before.NextRevision, level), null);
    }

    /// <param name="approval">That let it be; null where one signature did.</param>
    /// <param name="effects">That say which request it was, and by which signature or decision.</param>
    public static Transaction Transaction(
        Guid id, CorrectionTerms terms, string reason, string by, DateTimeOffset now, Guid? approval,
        params ImmutableArray<IEffect> effects)
    {
        var week = terms.Week.ToString();
        var entry = new AuditEntry(
            now, by, "week.correct", terms.Id,
            AuditEntry.Json(new { week, revision = terms.Revision - 1 }),
            AuditEntry.Json(new
            {
                correction = id,
                week,
                amount = terms.Amount,
                revision = terms.Revision,
                approval,
            }),
            reason);
        var told = new Notice(
            NoticeIds.Of(NoticeKinds.Correction, id.ToString()), terms.Participant, NoticeKinds.Correction,
            Notice.Json(new { week, amount = terms.Amount, revision = terms.Revision }));
        // Whoever gives comes first: none is overdrawn on the way.
        ImmutableArray<Posting> postings =
        [
            .. new Posting[]
            {
                new(AccountId.Fund(Fund.Rewards), -terms.Amount), new(AccountId.Available(terms.Participant), terms.Amount),
            }.OrderBy(posting => posting.Amount),
        ];
        return new(
            id, TransactionKind.Correction, week, postings,
            [.. effects, new CorrectionEffect(terms, reason, by, entry), new NoticeEffect(told)]);
    }

    // In force when the week closed, as it is known now; kept with the first correction.
    private async Task<int> ReadLevel(string participant, Run run, CancellationToken cancellation)
    {
        var memory = await participants.Load(participant, new(null, run.Week, run.Week), cancellation);
        var book = await ruleBooks.ReadVersion(run.RulesVersion, cancellation);
        return Math.Min(memory.Levels.InForce(run.Week), book.Levels.Length);
    }
}
