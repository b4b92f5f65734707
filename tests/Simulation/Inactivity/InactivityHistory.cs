using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Inactivity;

/// <summary>
/// A quarter's warnings, run, appeals and restorations, on two silos that both think it is their turn, while people spend.
/// Assessed by the rules, posted by the real writer of the ledger.
/// </summary>
internal sealed class InactivityHistory : IDisposable
{
    private const int QuietMs = 20_000;
    private const int TriesMax = 4;
    private const int FinalTriesMax = 60;

    private readonly IReadOnlyList<InactivityStep> _steps;
    private readonly Mistake _mistake;
    private readonly SeededScheduler _scheduler;
    private readonly FaultPlan _faults;
    private readonly Server _server;
    private readonly BookTables _book;
    private readonly InactivityTables _tables;
    private readonly InactivityPayments _payments;
    private readonly Meters _meters = new();
    private readonly LedgerClients _clients;
    private readonly Tally _tally;

    public InactivityHistory(
        IReadOnlyList<InactivityStep> steps, IReadOnlyList<Fault> faults, Dice dice, Mistake mistake, Tally tally)
    {
        (_steps, _mistake, _tally) = (steps, mistake, tally);
        _book = new(mistake);
        _tables = new(InactivityPlan.PeopleOf(dice.Fork()), _book);
        _scheduler = new(dice.Fork(), stepsMax: 60_000);
        _payments = new(_tables, mistake, _scheduler);
        _faults = new(faults);
        _server = new(_scheduler, _faults, dice.Fork(), tally);
        _clients = new(_server, _book, _scheduler, _meters, mistake, dice, tally);
    }

    /// <summary>What was broken, by the invariant's name; null where nothing was.</summary>
    public string? Run()
    {
        string? violation = null;
        try
        {
            _scheduler.Run(async () => violation = await Live());
        }
        catch (HistoryStuckException stuck)
        {
            violation = $"no end: {stuck.Message}";
        }

        _clients.Count();
        foreach (var line in _tables.Lines)
        {
            _tally.Add($"quarter {line.Outcome}{(line.Attempt > 1 ? " again" : "")}");
        }

        _tally.Add("quarter given back", _tables.Credits.Count);
        _tally.Add("quarter skipped", _tables.IsSkipped ? 1 : 0);
        return violation;
    }

    public void Dispose() => _meters.Dispose();

    private async Task<string?> Live()
    {
        await _clients.PostSurely(0, Endowment("begin", _tables.People.Select(
            person => new Posting(AccountId.Available(person.Number), person.First))));
        await Task.WhenAll(_steps.Select(Do));
        _faults.Heal();
        await _scheduler.Time.Wait(QuietMs);
        // Whatever has died on the way comes to its end, and where the fund was empty it is no more.
        await Often(0, new(1), FinalTriesMax, TryRun);
        await _clients.PostSurely(0, Endowment("end", [new(LedgerPlan.Rewards, new(600))]));
        for (var key = 0; key < 5; key++)
        {
            foreach (var participant in _tables.Appeals.Keys.ToList())
            {
                await Often(
                    0, new(1), FinalTriesMax, writer => Decide(writer, participant, participant % 2 == 0, 100 + key));
            }
        }

        await Often(0, new(1), FinalTriesMax, writer => Settle(writer, InactivityPlan.LastWeek, []));
        return InactivityChecks.Violation(_tables, _book, _clients.Log)
            ?? new LedgerChecks(_book, _clients.Log, []).Violation();
    }

    private async Task Do(InactivityStep step)
    {
        await _scheduler.Time.Wait(step.AtMs);
        switch (step)
        {
            case InactivityStep.Warn warn:
                await Often(warn.Writer, new(warn.Dice), TriesMax, writer => Warn(writer, warn.Days));
                break;
            case InactivityStep.Run run:
                await Often(run.Writer, new(run.Dice), TriesMax, TryRun);
                break;
            case InactivityStep.Skip skip:
                await Often(skip.Writer, new(skip.Dice), TriesMax, Skip);
                break;
            case InactivityStep.Spend spend:
                await Often(
                    spend.Writer, new(spend.Dice), TriesMax,
                    async writer => (await Send(writer, spend.Transaction)).Answer is Answer.Accepted or Answer.Refused);
                break;
            case InactivityStep.Appeal appeal:
                await Often(appeal.Writer, new(appeal.Dice), TriesMax, writer => Appeal(writer, appeal.Participant));
                break;
            case InactivityStep.Decide word:
                await Often(
                    word.Writer, new(word.Dice), TriesMax,
                    writer => Decide(writer, word.Participant, word.IsAccepted, word.Key));
                break;
            case InactivityStep.Settle settle:
                await Often(
                    settle.Writer, new(settle.Dice), TriesMax, writer => Settle(writer, settle.Week, settle.Returned));
                break;
            case InactivityStep.Crash crash:
                _clients.Crash(crash.Writer);
                break;
        }
    }

    // Whoever asked asks again: of the same silo, or of what has taken its place.
    private async Task Often(int writer, Dice dice, int triesMax, Func<int, Task<bool>> work)
    {
        for (var tries = 0; tries < triesMax; tries++)
        {
            var silo = _clients.SiloOf(writer);
            var working = NoDatabaseIsNoEnd(work(writer));
            if (await silo.Answers(working) && await working)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(20, 800));
        }
    }

    private static async Task<bool> NoDatabaseIsNoEnd(Task<bool> work)
    {
        try
        {
            return await work;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<bool> TryRun(int writer)
    {
        foreach (var days in InactivityPlan.Rules.WarningDays)
        {
            await Warn(writer, days);
        }

        if (!await Ask(writer, _tables.Begin))
        {
            return true;
        }

        await Task.WhenAll(Enumerable.Range(0, InactivityPlan.Parts).Select(part => WritePart(
            writer, days: 0, part, assessed => _tables.AddLines(part, assessed))));
        var open = await Ask(writer, _tables.Open);
        var charged = await Task.WhenAll(open.Select(line => Charge(writer, line)));
        if (!Array.TrueForAll(charged, isDone => isDone))
        {
            return false;
        }

        await Ask(writer, () =>
        {
            _tables.SetDone();
            if (_mistake == Mistake.WarningsDropped)
            {
                _tables.DropWarnings();
            }

            return true;
        });
        return true;
    }

    // The row of a run is its own, or the skip's: whoever writes it first.
    private async Task<bool> Skip(int writer)
    {
        if (_mistake == Mistake.SkippedAfterALook && await Ask(writer, () => _tables.IsBegun))
        {
            return true;
        }

        return await Ask(writer, () =>
        {
            if (_mistake == Mistake.SkippedAfterALook || !_tables.IsBegun)
            {
                _tables.Skip();
            }

            return true;
        });
    }

    private async Task<bool> Warn(int writer, int days)
    {
        await Task.WhenAll(Enumerable.Range(0, InactivityPlan.Parts).Select(part => WritePart(
            writer, days, part,
            assessed => _tables.Warn(days, part, assessed.Where(person => person.Standing.IsToBeWarned)))));
        return true;
    }

    // One at a time for a part; whoever waited finds it done.
    private async Task WritePart(int writer, int days, int part, Action<IReadOnlyList<AssessedPerson>> write)
    {
        var connection = await Connection.Open(_server, _clients.SiloOf(writer));
        var assessed = await connection.Call(async () =>
        {
            connection.Session.Begin();
            await connection.Session.Lock(_tables.LockOf(days, part), isExclusive: true);
            return _tables.HasPart(days, part) ? default : _tables.Assess(part);
        });
        await Commit(connection, () =>
        {
            if (!assessed.IsDefault)
            {
                write(assessed);
            }
        });
    }

    private async Task<bool> Charge(int writer, StoredLine line)
    {
        for (StoredLine? next = line; next is not null && next.Taken > Amount.Zero;)
        {
            var sent = await Send(writer, _payments.Debit(next));
            switch (sent.Answer)
            {
                case Answer.Accepted:
                    if (_mistake == Mistake.ToldBehindTheCommit)
                    {
                        await Tell(writer, line.Participant);
                    }

                    return true;
                case Answer.Conflict:
                case Answer.Refused when sent.Result?.Objection == Refusal.InsufficientFunds:
                    next = await AssessAgain(writer, next);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private Task<bool> Tell(int writer, long participant) => Ask(writer, () =>
    {
        if (!_tables.Told.ContainsKey($"charged {participant}"))
        {
            _tables.TellCharged(participant);
        }

        return true;
    });

    // By what is known now. The journal is held: nothing is taken by the attempt before once there is another.
    private async Task<StoredLine?> AssessAgain(int writer, StoredLine line)
    {
        var person = _tables.People.Single(one => one.Number == line.Participant);
        var known = await Ask(writer, () => _tables.Assess(person));
        var again = InactivityTables.LineOf(known, line.Attempt + 1);
        if (_mistake == Mistake.DebitOfBeforeTheSpending && again.Outcome == InactivityOutcome.Charged)
        {
            again = again with { Taken = Amount.Min(line.Taken, again.Assessment.Base) };
        }

        await Hold(writer, () => _tables.AddAgain(again));
        return await Ask(
            writer, () => _tables.Debits.ContainsKey(line.Participant) ? null : _tables.Last(line.Participant));
    }

    private async Task<bool> Appeal(int writer, long participant)
    {
        var refusal = await Ask(writer, () =>
        {
            var line = _tables.Last(participant);
            return Appeals.Check(
                DateTimeOffset.UnixEpoch, _tables.IsWarned(participant) ? DateTimeOffset.UnixEpoch : null,
                _tables.IsDone || _tables.IsSkipped || line is { Outcome: not InactivityOutcome.Charged },
                _tables.Debits.ContainsKey(participant) ? DateTimeOffset.UnixEpoch : null,
                _tables.Appeals.ContainsKey(participant));
        });
        if (refusal is null)
        {
            await Hold(writer, () => _tables.Appeal(participant));
        }

        return true;
    }

    private async Task<bool> Decide(int writer, long participant, bool isAccepted, int key)
    {
        var (isOpen, isReturned, line, debit, available) = await Ask(writer, () => (
            _tables.IsOpen(participant), _tables.Credits.ContainsKey(participant), _tables.Last(participant),
            _tables.Debits.GetValueOrDefault(participant),
            _book.Accounts.GetValueOrDefault(AccountId.Available(participant))));
        if (!isOpen)
        {
            return true;
        }

        if (isAccepted && debit is not null && !isReturned)
        {
            var sent = await Send(writer, _payments.AppealReturn(participant, debit.Amount, key));
            return sent.Answer is Answer.Accepted or Answer.Refused;
        }

        var taken = line?.Assessment.AfterRejection(available.Balance) ?? Amount.Zero;
        if (!isAccepted && debit is null && line?.Outcome == InactivityOutcome.Appealed && taken > Amount.Zero)
        {
            var assessed = line.Assessment with
            {
                Base = Amount.Min(line.Assessment.Base, available.Balance),
                Amount = taken,
            };
            var rejected = new StoredLine(
                participant, line.Attempt + 1, assessed, available.Sequence, taken, InactivityOutcome.Charged,
                IsOfRejection: true);
            var sent = await Send(writer, _payments.Rejection(rejected, key));
            return sent.Answer is Answer.Accepted or Answer.Refused;
        }

        return await Ask(writer, () =>
        {
            // Otherwise than was read: planned again.
            if (!_tables.IsOpen(participant) || _tables.Last(participant) != line
                || _tables.Debits.ContainsKey(participant) != debit is not null)
            {
                return false;
            }

            _tables.Decide(participant, isAccepted);
            return true;
        });
    }

    private async Task<bool> Settle(int writer, WeekId week, IReadOnlyList<long> returned)
    {
        var isPaid = await Ask(writer, () =>
        {
            _tables.Earn(week, returned);
            return _tables.DecideRestorations(week);
        });
        if (!isPaid)
        {
            return true;
        }

        var due = await Ask(writer, _tables.Due);
        var sent = await Task.WhenAll(due.Select(one => Send(
            writer, _payments.Restoration(one.Participant, week, one.Amount))));
        return Array.TrueForAll(sent, one => one.Answer is Answer.Accepted or Answer.Refused or Answer.Conflict);
    }

    private Task<Sending> Send(int writer, Transaction transaction) =>
        _clients.Send(writer, transaction, CommitPriority.Bulk, CancellationToken.None);

    // One statement, that commits itself.
    private async Task<T> Ask<T>(int writer, Func<T> read)
    {
        var connection = await Connection.Open(_server, _clients.SiloOf(writer));
        var answer = await connection.Call(() => Task.FromResult(read()));
        connection.Close();
        return answer;
    }

    // The journal waits: a debit that is under way has ended, and no later one looks before this is there.
    private async Task Hold(int writer, Action write)
    {
        var connection = await Connection.Open(_server, _clients.SiloOf(writer));
        await connection.Call(async () =>
        {
            connection.Session.Begin();
            await connection.Session.Lock(_book.HeadLock, isExclusive: true);
            write();
            connection.Session.End();
            return true;
        });
        connection.Close();
    }

    private static async Task Commit(Connection connection, Action write)
    {
        await connection.Call(() =>
        {
            if (!connection.Session.IsInTransaction)
            {
                throw ServerErrors.ConnectionLost();
            }

            write();
            connection.Session.End();
            return Task.FromResult(true);
        });
        connection.Close();
    }

    private static Transaction Endowment(string cause, IEnumerable<Posting> postings)
    {
        var given = postings.ToList();
        return new(
            CauseId.Of("emission", cause), TransactionKind.Emission, cause,
            [new(AccountId.Issuance, -Amount.Sum(given.Select(posting => posting.Amount))), .. given]);
    }
}
