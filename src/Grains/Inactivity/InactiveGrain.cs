using System.Collections.Immutable;
using System.Diagnostics;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Economy;
using Stk.Grains.Requests;
using Stk.Grains.RuleBooks;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using AppealPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Inactivity.AppealReply.Done, Stk.Rules.Inactivity.AppealRefusal>;

namespace Stk.Grains.Inactivity;

/// <inheritdoc cref="IInactiveGrain"/>
/// <remarks>It remembers nothing: all is asked of the database.</remarks>
internal sealed class InactiveGrain(
    InactiveTable table, LeaveTable participants, QuarterRunTable runs, LineTable lines, DebitTable debits,
    RuleBookTable ruleBooks, EconomyCache economy, KeyedWrites writes, IClock clock) : Grain, IInactiveGrain
{
    public async Task<RedistributionReply> GetRedistribution(CancellationToken cancellation)
    {
        if (await participants.FindNumber(this.GetPrimaryKeyString(), cancellation) is not { } number)
        {
            return new(null, []);
        }

        var taken = await debits.ReadOf(number, cancellation);
        var quarters = taken.Select(debit => debit.Quarter).ToImmutableArray();
        var appeals = await table.ReadAppeals(number, quarters, cancellation);
        var earned = await table.ReadEarned(number, quarters, cancellation);
        var items = ImmutableArray.CreateBuilder<TakenDebit>(taken.Length);
        foreach (var debit in taken)
        {
            items.Add(new(
                debit.Quarter.ToString(), debit.At, debit.Amount, debit.Transaction,
                DateOnly.FromDateTime(debit.At.UtcDateTime).AddDays(Appeals.WindowDays),
                appeals.TryGetValue(debit.Quarter, out var appeal) ? appeal.State : null, debit.Returned,
                await Restoration(debit, earned.TryGetValue(debit.Quarter, out var week) ? week : null, cancellation),
                appeal.Reason));
        }

        return new(await Coming(number, cancellation), items.ToImmutable());
    }

    public async Task<AppealReply> Appeal(AppealRequest request, CancellationToken cancellation) =>
        await writes.ChangeOwn(request.Key, () => Plan(request, cancellation), cancellation) switch
        {
            RequestAnswer<AppealReply.Done, AppealRefusal>.Done(var done, var isReplay) => done with { IsReplay = isReplay },
            RequestAnswer<AppealReply.Done, AppealRefusal>.Refused(var refusal, _) => new AppealReply.Refused(refusal),
            RequestAnswer<AppealReply.Done, AppealRefusal>.KeyReused => new AppealReply.KeyReused(),
            _ => throw new UnreachableException(),
        };

    private async Task<AppealPlan> Plan(AppealRequest request, CancellationToken cancellation)
    {
        var quarter = QuarterId.OfNumber(request.QuarterNumber);
        if (await participants.FindNumber(this.GetPrimaryKeyString(), cancellation) is not { } number)
        {
            return new AppealPlan.Refuse(AppealRefusal.NotWarned);
        }

        var now = clock.Now.InWholeMicroseconds();
        var warnings = await table.ReadWarnings(quarter, number, cancellation);
        var debit = await debits.Find(quarter, number, cancellation);
        var line = await lines.ReadLast(quarter, number, cancellation);
        var run = await runs.Read(quarter, days: 0, cancellation);
        var appeals = await table.ReadAppeals(number, [quarter], cancellation);
        var isRunDone = run is { DoneAt: not null } || line is { Outcome: not InactivityOutcome.Charged };
        var refusal = Appeals.Check(
            now, warnings.IsEmpty ? null : warnings[0], isRunDone, debit?.At, hasAppealed: !appeals.IsEmpty);
        var sum = debit?.Amount ?? line?.Taken ?? (await Assess(quarter, number, cancellation))?.Assessment.Amount;
        return refusal is { } reason
            ? new AppealPlan.Refuse(reason)
            : new AppealPlan.WriteUnlogged(
                new(request.Key.Id, now, sum ?? Amount.Zero, IsReplay: false),
                AppealTable.Insert(request.Key.Id, quarter, number, now, request.Text));
    }

    private async Task<ComingDebit?> Coming(long number, CancellationToken cancellation)
    {
        if (economy.Genesis is not { } genesis)
        {
            return null;
        }

        var quarter = (await runs.ReadProgress(cancellation)).LastRun?.Next ?? QuarterWork.First(genesis);
        if (await Assess(quarter, number, cancellation) is not { IsAffected: true } person)
        {
            return null;
        }

        var appeals = await table.ReadAppeals(number, [quarter], cancellation);
        return new(
            quarter.ToString(), quarter.FirstDay, InactivityTimetable.RunsAt(quarter), person.LastActive,
            person.Assessment.Days, person.Assessment.RateBp, person.Assessment.Amount, person.Standing.Outcome,
            await table.ReadWarnings(quarter, number, cancellation),
            appeals.TryGetValue(quarter, out var appeal) ? appeal.State : null, appeal.Reason);
    }

    private async Task<AssessedPerson?> Assess(QuarterId quarter, long number, CancellationToken cancellation)
    {
        var snapshot = economy.Current;
        var before = InactivityTimetable.WeekBefore(quarter);
        var sealedTo = snapshot.ScoredThrough is { } scored && scored < before ? scored : before;
        return await table.Assess(
            new(quarter, InactivityTimetable.Rules(quarter, snapshot.RuleBooks), sealedTo, 0, 0), number, cancellation);
    }

    private async Task<RestorationView?> Restoration(StoredDebit debit, WeekId? earned, CancellationToken cancellation)
    {
        var run = await runs.Read(debit.Quarter, days: 0, cancellation)
            ?? throw new InvalidOperationException($"{debit.Quarter} has taken something and has no run");
        var rules = (await ruleBooks.ReadVersion(run.RulesVersion, cancellation)).Inactivity.Restoration;
        var monday = InactivityTimetable.RunMonday(debit.Quarter);
        var restoration = Rules.Inactivity.Restoration.Of(monday, rules);
        if (restoration.Sum(debit.Amount) == Amount.Zero)
        {
            return null;
        }

        var since = 0;
        if (economy.Current.ScoredThrough is { } scored && scored.Monday >= monday)
        {
            since = Math.Min(
                await table.ReadStreak(debit.Participant, scored, cancellation),
                ((scored.Monday.DayNumber - monday.DayNumber) / 7) + 1);
        }

        return new(
            restoration.Sum(debit.Amount), restoration.First, restoration.Last, restoration.Weeks,
            Math.Min(since, restoration.Weeks), earned);
    }
}
