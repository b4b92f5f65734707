using Microsoft.Extensions.Logging.Abstractions;
using Stk.Rules.Intake;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Intakes;

/// <summary>Events of two sources through two writers, across the seal of their week.</summary>
internal sealed class IntakeHistory : IDisposable
{
    private const int QuietMs = 20_000;

    private static readonly GroupCommitSettings Settings = new(
        "activity", WeightMax: 10, WaitingMax: 10, WaitMax: TimeSpan.FromSeconds(4), RetryFor: TimeSpan.FromSeconds(3));

    private readonly IReadOnlyList<IntakeStep> _steps;
    private readonly GroupCommitSettings _settings;
    private readonly Mistake _mistake;
    private readonly SeededScheduler _scheduler;
    private readonly FaultPlan _faults;
    private readonly Server _server;
    private readonly IntakeTables _tables;
    private readonly Meters _meters = new();
    private readonly Writer[] _writers = new Writer[IntakePlan.Writers];
    private readonly List<SentEvents> _log = [];
    private readonly Tally _tally;

    public IntakeHistory(
        IReadOnlyList<IntakeStep> steps, IReadOnlyList<Fault> faults, Dice dice, Mistake mistake, Tally tally)
    {
        _steps = steps;
        _mistake = mistake;
        _tally = tally;
        _scheduler = new(dice.Fork(), stepsMax: 60_000);
        _faults = new(faults);
        _server = new(_scheduler, _faults, dice.Fork(), tally);
        _tables = new(mistake);
        // Alone, a request meets what it never meets in company.
        _settings = Settings with { WeightMax = dice.Chance(2) ? 1 : Settings.WeightMax };
        for (var i = 0; i < _writers.Length; i++)
        {
            _writers[i] = new(this);
        }
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

        _tally.Add("steps", _scheduler.Steps);
        _tally.Add("events", _tables.Events.Count);
        foreach (var sent in _log)
        {
            _tally.Add($"answered {sent.Answer}");
            foreach (var decided in sent.Decision?.Events ?? [])
            {
                _tally.Add($"outcome {decided.Outcome}");
            }
        }

        return violation;
    }

    public void Dispose() => _meters.Dispose();

    private async Task<string?> Live()
    {
        await Task.WhenAll(_steps.Select(Do));
        _faults.Heal();
        await _scheduler.Time.Wait(QuietMs);
        if (_steps.Any(step => step is IntakeStep.Seal))
        {
            await Seal(0, IntakePlan.First, new(1), triesMax: 50);
        }

        return IntakeChecks.Violation(_tables, _log);
    }

    private async Task Do(IntakeStep step)
    {
        await _scheduler.Time.Wait(step.AtMs);
        switch (step)
        {
            case IntakeStep.Send send:
                await SendOften(send);
                break;
            case IntakeStep.Crash crash:
                _tally.Add("crashes");
                _writers[crash.Writer].Silo.Kill();
                _writers[crash.Writer] = new(this);
                break;
            case IntakeStep.Seal seal:
                await Seal(seal.Writer, seal.Week, new(seal.Dice), triesMax: 4);
                break;
        }
    }

    private async Task SendOften(IntakeStep.Send send)
    {
        var dice = new Dice(send.Dice);
        for (var sent = 0; sent <= send.Retries; sent++)
        {
            var writer = dice.Chance(3) ? dice.Next(_writers.Length) : send.Writer;
            if (await Send(writer, send.Request) is Answer.Accepted or Answer.Fault)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(50, 2_500));
        }
    }

    private async Task<Answer> Send(int number, IntakeRequest request)
    {
        var writer = _writers[number];
        var sent = new SentEvents(request);
        _log.Add(sent);
        var post = writer.Group.Post(request, request.Events.Length, CommitPriority.Interactive, CancellationToken.None);
        if (!await writer.Silo.Answers(post))
        {
            return Answer.None;
        }

        try
        {
            sent.Answered(await post);
        }
        catch (Exception exception) when (exception is BusyException or StorageUnavailableException)
        {
            sent.Failed(Answer.NothingDone);
        }
        catch (OutcomeUnknownException)
        {
            sent.Failed(Answer.Unknown);
        }
        catch (Exception exception)
        {
            sent.Failed(Answer.Fault, exception.Message);
        }

        return sent.Answer;
    }

    private async Task Seal(int number, WeekId week, Dice dice, int triesMax)
    {
        for (var tries = 0; tries < triesMax; tries++)
        {
            var silo = _writers[number].Silo;
            var sealing = TrySeal(silo, week);
            if (await silo.Answers(sealing) && await sealing)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(20, 500));
        }
    }

    private async Task<bool> TrySeal(Silo silo, WeekId week)
    {
        try
        {
            var connection = await Connection.Open(_server, silo);
            if (_mistake == Mistake.SealReadBeforeItIsMarked)
            {
                await Aggregate(connection, week);
            }

            await connection.Call(async () =>
            {
                connection.Session.Begin();
                if (_mistake != Mistake.SealWithoutRowLock)
                {
                    await connection.Session.Lock(_tables.LockOf(week), isExclusive: true);
                }

                return true;
            });
            await connection.Call(() =>
            {
                if (!connection.Session.IsInTransaction)
                {
                    throw ServerErrors.ConnectionLost();
                }

                _tables.Seal(week);
                connection.Session.End();
                return Task.FromResult(true);
            });
            await Aggregate(connection, week);
            connection.Close();
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }

    private async Task Aggregate(Connection connection, WeekId week) => await connection.Call(() =>
    {
        _tables.Aggregate(week);
        return Task.FromResult(true);
    });

    // A silo with the real group commit, and the rules' outcomes, in it.
    private sealed class Writer : IBatchStore<IntakeRequest, IntakeDecision>
    {
        private readonly IntakeHistory _history;
        private readonly HashSet<WeekId> _weeksSeenOpen = [];

        public Writer(IntakeHistory history)
        {
            _history = history;
            Group = new(
                history._settings, this, NullLogger.Instance, history._meters, history._scheduler.Time, history._scheduler);
        }

        public Silo Silo { get; } = new();

        public GroupCommit<IntakeRequest, IntakeDecision> Group { get; }

        public Task<BatchTry<IntakeDecision>> Try(IReadOnlyList<IntakeRequest> batch, int number, int cutOffs) =>
            BatchTry<IntakeDecision>.Run(
                async () => new IntakeSession(
                    await Connection.Open(_history._server, Silo, cutOffs), _history._tables, _history._mistake,
                    _weeksSeenOpen),
                session => session.Commit(batch),
                batch.Count);

        public void Reconnect()
        {
            // Each try has a new connection.
        }
    }
}
