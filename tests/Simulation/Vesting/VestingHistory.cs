using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Vesting;
using Stk.Simulation.Books;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Vesting;

/// <summary>
/// Frozen rewards, evidence about them from two silos, operators, and days' runs that come twice, together and set back.
/// Decisions are made by the rules and paid out by the real writer of the ledger.
/// </summary>
internal sealed class VestingHistory : IDisposable
{
    private const int QuietMs = 20_000;
    private const int TriesMax = 4;
    private const int FinalTriesMax = 60;

    private readonly IReadOnlyList<VestingStep> _steps;
    private readonly Mistake _mistake;
    private readonly SeededScheduler _scheduler;
    private readonly FaultPlan _faults;
    private readonly Server _server;
    private readonly BookTables _book;
    private readonly VestingTables _tables;
    private readonly Meters _meters = new();
    private readonly LedgerClients _clients;
    private readonly List<SaidOnce> _said = [];
    private readonly Tally _tally;

    public VestingHistory(
        IReadOnlyList<VestingStep> steps, IReadOnlyList<Fault> faults, Dice dice, Mistake mistake, Tally tally)
    {
        (_steps, _mistake, _tally) = (steps, mistake, tally);
        _tables = new(VestingPlan.GrantsOf(dice.Fork()));
        _scheduler = new(dice.Fork(), stepsMax: 60_000);
        _faults = new(faults);
        _server = new(_scheduler, _faults, dice.Fork(), tally);
        _book = new(mistake);
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
        foreach (var said in _said)
        {
            _tally.Add($"evidence {said.Outcome}");
        }

        foreach (var made in _tables.Decisions.Values)
        {
            _tally.Add($"grants decided {made.Decision.Reason}");
        }

        return violation;
    }

    public void Dispose() => _meters.Dispose();

    private async Task<string?> Live()
    {
        await _clients.PostSurely(0, Freezing());
        await Task.WhenAll(_steps.Select(Do));
        _faults.Heal();
        await _scheduler.Time.Wait(QuietMs);
        // Whatever has died on the way, the last day's run brings it to its end.
        await RunOften(0, VestingPlan.Last, new(1), FinalTriesMax);
        return VestingChecks.Violation(_tables, _book, _said, _clients.Log)
            ?? new LedgerChecks(_book, _clients.Log, []).Violation();
    }

    private async Task Do(VestingStep step)
    {
        await _scheduler.Time.Wait(step.AtMs);
        switch (step)
        {
            case VestingStep.Say say:
                await SayOften(say);
                break;
            case VestingStep.Decide decide:
                await DecideOften(decide);
                break;
            case VestingStep.Run run:
                await RunOften(run.Writer, run.Day, new(run.Dice), TriesMax);
                break;
            case VestingStep.Crash crash:
                _clients.Crash(crash.Writer);
                break;
        }
    }

    private Transaction Freezing()
    {
        var frozen = _tables.Grants.GroupBy(grant => grant.Participant)
            .Select(group => new Posting(
                AccountId.Frozen(group.Key), Amount.Sum(group.Select(grant => grant.Amount)))).ToList();
        return new(
            CauseId.Of("emission", "frozen"), TransactionKind.Emission, "frozen",
            [new(AccountId.Issuance, -Amount.Sum(frozen.Select(posting => posting.Amount))), .. frozen]);
    }

    private async Task SayOften(VestingStep.Say say)
    {
        var dice = new Dice(say.Dice);
        for (var sent = 0; sent <= say.Retries; sent++)
        {
            var writer = dice.Chance(3) ? dice.Next(LedgerPlan.Writers) : say.Writer;
            var once = new SaidOnce(say.Said);
            _said.Add(once);
            var silo = _clients.SiloOf(writer);
            var taking = Take(silo, once);
            if (await silo.Answers(taking) && await taking)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(20, 1_500));
        }
    }

    // As intake does: the earner's border is held until what was looked at is written down.
    private async Task<bool> Take(Silo silo, SaidOnce once)
    {
        try
        {
            var grant = _tables.Grants[once.Said.Grant];
            var connection = await Connection.Open(_server, silo);
            var outcome = await connection.Call(async () =>
            {
                connection.Session.Begin();
                if (_mistake != Mistake.EvidenceWithoutBorder)
                {
                    await connection.Session.Lock(_tables.BorderOf(grant), isExclusive: false);
                }

                return _tables.Evidence.ContainsKey(once.Said.Uuid) ? EventOutcome.Duplicate
                    : _tables.IsDecided(grant) ? EventOutcome.Late
                    : EventOutcome.Applied;
            });
            await Commit(connection, () =>
            {
                if (outcome != EventOutcome.Duplicate)
                {
                    _tables.Insert(once.Said, outcome);
                }
            });
            once.Answered(outcome);
            return true;
        }
        catch (NpgsqlException)
        {
            once.Failed();
            return false;
        }
    }

    private async Task DecideOften(VestingStep.Decide decide)
    {
        var dice = new Dice(decide.Dice);
        var grant = _tables.Grants[decide.Grant];
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var silo = _clients.SiloOf(decide.Writer);
            var deciding = Decide(decide, silo, grant);
            if (await silo.Answers(deciding) && await deciding)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(20, 800));
        }
    }

    private async Task<bool> Decide(VestingStep.Decide decide, Silo silo, SimulatedGrant grant)
    {
        if (!GrantDecision.OperatorMay(decide.Verdict, grant.UnlocksOn, decide.Day))
        {
            return true;
        }

        try
        {
            var connection = await Connection.Open(_server, silo);
            var made = await connection.Call(async () =>
            {
                connection.Session.Begin();
                await connection.Session.Lock(_tables.BorderOf(grant), isExclusive: true);
                return _tables.IsDecided(grant)
                    ? null
                    : new StoredDecision(
                        grant, GrantDecision.ByOperator(grant.Amount, _tables.Judge(grant), decide.Verdict), decide.Day,
                        decide.Verdict);
            });
            await Commit(connection, () => _tables.Decide(grant.Shard, DateOnly.MinValue, made is null ? [] : [made]));
            return await PayOut(decide.Writer, grant.Shard);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task RunOften(int writer, DateOnly day, Dice dice, int triesMax)
    {
        for (var tries = 0; tries < triesMax; tries++)
        {
            var silo = _clients.SiloOf(writer);
            var running = Task.WhenAll(
                Enumerable.Range(0, VestingPlan.Shards).Select(shard => RunShard(writer, shard, day)));
            if (await silo.Answers(running) && Array.TrueForAll(await running, isDone => isDone))
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(20, 500));
        }
    }

    // The border first, then all that is read behind it; what is decided is stored before it is paid out.
    private async Task<bool> RunShard(int writer, int shard, DateOnly day)
    {
        try
        {
            var connection = await Connection.Open(_server, _clients.SiloOf(writer));
            var made = await connection.Call(async () =>
            {
                connection.Session.Begin();
                if (_mistake != Mistake.RunWithoutBorder)
                {
                    await connection.Session.Lock(_tables.BorderOf(shard), isExclusive: true);
                }

                return _tables.Due(shard, day).Select(grant => Decided(grant, day)).OfType<StoredDecision>().ToList();
            });
            await Commit(connection, () => _tables.Decide(shard, day, made));
            return await PayOut(writer, shard);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private StoredDecision? Decided(SimulatedGrant grant, DateOnly day) =>
        GrantDecision.On(day, grant.Amount, grant.UnlocksOn, _tables.Judge(grant), grant.Condition) is { } decision
            ? new(grant, decision, day, Word: null)
            : null;

    private async Task<bool> PayOut(int writer, int shard)
    {
        var connection = await Connection.Open(_server, _clients.SiloOf(writer));
        var unposted = await connection.Call(() => Task.FromResult(_tables.Unposted(shard)));
        connection.Close();
        var sent = await Task.WhenAll(unposted.Select(made => _clients.Send(
            writer, Payment(made), CommitPriority.Bulk, CancellationToken.None)));
        return Array.TrueForAll(sent, sending => sending.Answer is Answer.Accepted or Answer.Refused);
    }

    private Transaction Payment(StoredDecision made)
    {
        var (grant, decision) = (made.Grant, made.Decision);
        if (_mistake == Mistake.PaidFromFreshEvidence && made.Word is null)
        {
            decision = GrantDecision.On(
                made.Day, grant.Amount, grant.UnlocksOn, _tables.Judge(grant, hasLate: true), grant.Condition) ?? decision;
        }

        var isTwice = _mistake == Mistake.ReleasedByRun;
        var run = isTwice ? $"{_scheduler.Steps}" : "";
        List<Posting> postings =
        [
            new(AccountId.Frozen(grant.Participant), -grant.Amount),
            new(AccountId.Available(grant.Participant), decision.Released),
            new(LedgerPlan.Rewards, decision.Cancelled),
        ];
        return new(
            isTwice ? CauseId.Of("vesting", $"{grant.Number}", run) : grant.Id,
            decision.Released > Amount.Zero ? TransactionKind.VestingUnlock : TransactionKind.VestingCancel,
            VestingChecks.Reference(grant), [.. postings.Where(posting => posting.Amount != Amount.Zero)],
            [
                new SimulatedEffect($"decision {grant.Number}{run}")
                {
                    Holds = () => isTwice || !_tables.IsPosted(grant),
                    Written = _ => _tables.SetPosted(grant),
                },
            ]);
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
}
