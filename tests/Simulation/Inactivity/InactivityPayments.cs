using System.Globalization;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Inactivity;

/// <summary>The transactions of a quarter, and the wrong ones.</summary>
internal sealed class InactivityPayments(InactivityTables tables, Mistake mistake, SeededScheduler scheduler)
{
    /// <summary>In the commit: by the last attempt, and of nobody who has appealed.</summary>
    public Transaction Debit(StoredLine line) => Taken(
        InactivityIds.Debit(InactivityPlan.Quarter, line.Participant, line.Attempt), line,
        new($"debit {line.Participant}", Text($"{line.Attempt}"))
        {
            Holds = () => tables.Last(line.Participant) == line
                && (mistake == Mistake.ChargedBesideAnAppeal || !tables.HasStandingAppeal(line.Participant)),
            Written = sequence => tables.AddDebit(line, sequence, isTold: mistake != Mistake.ToldBehindTheCommit),
        });

    /// <summary>What a rejected appeal had put off.</summary>
    /// <param name="key">Of the operator's request.</param>
    public Transaction Rejection(StoredLine line, int key) => Taken(
        mistake == Mistake.IdOfADecisionIsUsedUp
            ? InactivityIds.Debit(InactivityPlan.Quarter, line.Participant, line.Attempt)
            : CauseId.Of("inactivity-decision", Text($"{line.Participant}"), Text($"{key}")),
        line,
        new($"debit {line.Participant}", Text($"{line.Attempt} {key}"))
        {
            Holds = () => tables.IsOpen(line.Participant) && tables.Last(line.Participant)?.Attempt == line.Attempt - 1
                && !tables.Debits.ContainsKey(line.Participant),
            Written = sequence => tables.AddRejection(line, sequence),
        });

    /// <param name="key">Of the operator's request.</param>
    public Transaction AppealReturn(long participant, Amount amount, int key) => Given(
        mistake == Mistake.IdOfADecisionIsUsedUp
            ? CauseId.Of("inactivity-appeal", Text($"{participant}"))
            : CauseId.Of("inactivity-decision", Text($"{participant}"), Text($"{key}")),
        participant, amount, Text($"appeal {key}"), () => tables.IsOpen(participant),
        () =>
        {
            tables.Decide(participant, isAccepted: true);
            tables.Credit(participant, new(Week: null, amount));
        });

    public Transaction Restoration(long participant, WeekId week, Amount amount)
    {
        var cause = mistake switch
        {
            Mistake.RestoredByRun => Text($"{scheduler.Steps}"),
            Mistake.IdOfARestorationIsUsedUp => "",
            _ => week.ToString(),
        };
        return Given(
            CauseId.Of("inactivity-restoration", Text($"{participant}"), cause), participant, amount, week.ToString(),
            () => true, () => tables.Credit(participant, new(week, amount)));
    }

    private Transaction Given(
        Guid id, long participant, Amount amount, string content, Func<bool> holds, Action written)
    {
        var run = mistake == Mistake.RestoredByRun ? Text($" {scheduler.Steps}") : "";
        return new(
            id, TransactionKind.Redistribution, Text($"{InactivityPlan.Quarter}/{participant}/back"),
            [new(LedgerPlan.Rewards, -amount), new(AccountId.Available(participant), amount)],
            [
                new SimulatedEffect(Text($"credit {participant}{run}"), content)
                {
                    Holds = () => holds()
                        && (mistake == Mistake.RestoredByRun || !tables.Credits.ContainsKey(participant)),
                    Written = _ => written(),
                },
            ]);
    }

    private static Transaction Taken(Guid id, StoredLine line, SimulatedEffect effect) => new(
        id, TransactionKind.Redistribution, Text($"{InactivityPlan.Quarter}/{line.Participant}/{line.Attempt}"),
        [new(AccountId.Available(line.Participant), -line.Taken), new(LedgerPlan.Rewards, line.Taken)], [effect]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
