using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>
/// The ledger with two writers, their clients, a weekly run, and all that goes wrong; then it heals, and everything is
/// read.
/// </summary>
internal sealed class LedgerHistory : IDisposable
{
    // Longer than anything that is late, cut or tried again.
    private const int QuietMs = 20_000;

    private readonly IReadOnlyList<LedgerStep> _steps;
    private readonly Mistake _mistake;
    private readonly long _weekSeed;
    private readonly SeededScheduler _scheduler;
    private readonly FaultPlan _faults;
    private readonly Server _server;
    private readonly BookTables _tables;
    private readonly Meters _meters = new();
    private readonly LedgerClients _clients;
    private readonly List<(long Sequence, Digest Hash)> _seen = [];
    private Amount? _reserved;
    private bool _isOver;

    public LedgerHistory(
        IReadOnlyList<LedgerStep> steps, IReadOnlyList<Fault> faults, Dice dice, Mistake mistake, Tally tally)
    {
        _steps = steps;
        _mistake = mistake;
        _weekSeed = dice.Next(int.MaxValue);
        _scheduler = new(dice.Fork(), stepsMax: 60_000);
        _faults = new(faults);
        _server = new(_scheduler, _faults, dice.Fork(), tally);
        _tables = new(mistake);
        _clients = new(_server, _tables, _scheduler, _meters, mistake, dice, tally);
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
        return violation;
    }

    public void Dispose() => _meters.Dispose();

    private async Task<string?> Live()
    {
        var follower = Follow();
        await Task.WhenAll(_steps.Select(Do));
        _faults.Heal();
        await _scheduler.Time.Wait(QuietMs);
        if (_steps.Any(step => step is LedgerStep.Week))
        {
            // Whatever has died on the way, the last run brings it to its end.
            await RunWeek(0, new(1), triesMax: 50);
        }

        _isOver = true;
        await follower;
        var checks = new LedgerChecks(_tables, _clients.Log, _seen);
        if (checks.Violation() is { } violation)
        {
            return violation;
        }

        // One id, one answer, now as then: everybody asks again.
        var asked = _clients.Log.Select(sending => sending.Transaction).DistinctBy(one => one.ContentHash).ToList();
        foreach (var transaction in asked)
        {
            await Send(0, transaction, CommitPriority.Interactive, CancellationToken.None);
        }

        return checks.Violation() ?? checks.Unanswered();
    }

    private async Task Do(LedgerStep step)
    {
        await _scheduler.Time.Wait(step.AtMs);
        switch (step)
        {
            case LedgerStep.Post post:
                await PostOften(post);
                break;
            case LedgerStep.Crash crash:
                _clients.Crash(crash.Writer);
                break;
            case LedgerStep.Week week:
                await RunWeek(week.Writer, new(week.Dice), triesMax: 4);
                break;
        }
    }

    private async Task PostOften(LedgerStep.Post post)
    {
        var dice = new Dice(post.Dice);
        var cancel = new CancellationTokenSource();
        if (post.CancelAfterMs is { } after)
        {
            _ = CancelAfter(after, cancel);
        }

        var transaction = post.Transaction;
        for (var sent = 0; sent <= post.Retries; sent++)
        {
            var writer = dice.Chance(3) ? dice.Next(LedgerPlan.Writers) : post.Writer;
            var answer = await Send(writer, transaction, post.Priority, cancel.Token);
            if (answer is Answer.Accepted or Answer.Refused or Answer.Fault || cancel.IsCancellationRequested)
            {
                return;
            }

            await _scheduler.Time.Wait(dice.Between(50, 2_500));
            if (_mistake == Mistake.NewIdForARetry)
            {
                transaction = new(
                    CauseId.Of("retry", transaction.Id.ToString()), transaction.Kind, transaction.Reference,
                    transaction.Postings);
            }
        }
    }

    private async Task CancelAfter(int ms, CancellationTokenSource cancel)
    {
        await _scheduler.Time.Wait(ms);
#pragma warning disable CA1849 // CancelAsync goes to another thread.
        cancel.Cancel();
#pragma warning restore CA1849
    }

    private async Task<Answer> Send(
        int writer, Transaction transaction, CommitPriority priority, CancellationToken cancellation) =>
        (await _clients.Send(writer, transaction, priority, cancellation)).Answer;

    // As the week's coordinator does: what is to be reserved is stored before it is posted; the parts go side by side.
    private async Task RunWeek(int writer, Dice dice, int triesMax)
    {
        var parts = LedgerPlan.WeekParts(new(_weekSeed));
        var total = parts.Sum(part => part.Micro);
        _reserved ??= Amount.Min(_tables.Balance(LedgerPlan.Rewards), new(total));
        if (_reserved is not { } reserved || reserved == Amount.Zero)
        {
            return;
        }

        var week = AccountId.Week(LedgerPlan.Week);
        var name = LedgerPlan.Week.ToString();
        if (!await Surely(new(
            CauseId.Of("week-reserve", name), TransactionKind.WeekReserve, name,
            [new(LedgerPlan.Rewards, -reserved), new(week, reserved)])))
        {
            return;
        }

        var pays = parts.Select(
            (part, number) => (Number: number, part.Participant, Reward: reserved.ScaledDown(part.Micro, total)))
            .Where(part => part.Reward > Amount.Zero).ToList();
        var done = await Task.WhenAll(pays.Select(part => Surely(new(
            CauseId.Of("week-reward", name, $"{part.Number}"), TransactionKind.WeekReward, $"{name}/{part.Number}",
            [new(week, -part.Reward), new(AccountId.Available(part.Participant), part.Reward)],
            [new SimulatedEffect($"settlement {name}/{part.Number}")]))));
        if (!done.All(isDone => isDone))
        {
            return;
        }

        var paid = Amount.Sum(pays.Select(part => part.Reward));
        if (reserved > paid)
        {
            var cause = _mistake == Mistake.WeekReturnByRun
                ? CauseId.Of("week-return", name, $"{_scheduler.Steps}")
                : CauseId.Of("week-return", name);
            await Surely(new(
                cause, TransactionKind.WeekReturn, name,
                [new(week, paid - reserved), new(LedgerPlan.Rewards, reserved - paid)]));
        }

        async Task<bool> Surely(Transaction transaction)
        {
            for (var tries = 0; tries < triesMax; tries++)
            {
                switch (await Send(writer, transaction, CommitPriority.Bulk, CancellationToken.None))
                {
                    case Answer.Accepted:
                        return true;
                    case Answer.Refused or Answer.Fault:
                        return false;
                }

                await _scheduler.Time.Wait(dice.Between(50, 1_000));
            }

            return false;
        }
    }

    // A reader that never goes back: what it has seen once stays.
    private async Task Follow()
    {
        while (!_isOver)
        {
            _seen.Add((_tables.Head.Sequence, _tables.Head.Hash));
            await _scheduler.Time.Wait(250);
        }
    }
}
