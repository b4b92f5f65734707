using System.Diagnostics;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Runs;
using Stk.Testing;
using Stk.Torture.Hosts;
using Stk.Torture.Workloads;

namespace Stk.Torture.Breaking;

/// <summary>
/// Does what the plan says, heals, and waits until the cluster serves again before it strikes the next time.
/// </summary>
internal sealed class Breaker(
    ClusterUnderTest cluster, TortureSettings settings, IGrainFactory grains, StageReader stages, WeekCalendar calendar,
    Func<long> progress, Report report)
{
    private readonly List<Kill> _kills = [];

    public IReadOnlyList<Kill> Kills => _kills;

    public async Task Run(IReadOnlyList<Step> plan)
    {
        foreach (var step in plan)
        {
            var random = new Random(step.Seed);
            await Task.Delay(random.Next(0, 800));
            var stage = step.IsInRun || step.Act == Act.FaultPoint ? await AwaitRun(random) : await Stage();
            await Do(step, random, stage);
            await cluster.Heal();
            await AwaitProgress();
        }
    }

    // Longer than 70 lines: a case an act.
    private async Task Do(Step step, Random random, string? stage)
    {
        var silo = random.Next(ClusterUnderTest.Silos);
        switch (step.Act)
        {
            case Act.KillSilo:
                await KillSilo(silo, stage);
                await Task.Delay(random.Next(0, 1_500));
                break;
            case Act.KillBothSilos:
                await Task.WhenAll(KillSilo(0, stage), KillSilo(1, stage));
                break;
            case Act.KillApi:
                await cluster.ApiHost.Kill();
                Killed(cluster.ApiHost.Name, "SIGKILL", stage);
                await Task.Delay(random.Next(0, 1_000));
                break;
            case Act.StopPostgresAtOnce:
                await cluster.Postgres.Kill(Signals.Quit);
                Killed("postgres", "immediate stop", stage);
                await Task.Delay(random.Next(0, 3_000));
                break;
            case Act.KillPostmaster:
                await cluster.Postgres.Kill(Signals.Kill);
                Killed("postgres", "SIGKILL to the postmaster", stage);
                await Task.Delay(random.Next(0, 3_000));
                break;
            case Act.KillBackend:
                await SignalBackend(random, Signals.Kill, "SIGKILL to a backend", stage);
                break;
            case Act.TerminateBackend:
                await SignalBackend(random, Signals.Terminate, "SIGTERM to a backend", stage);
                break;
            case Act.FaultPoint:
                await DieByFault(silo, step, stage);
                break;
            case Act.PauseSilo:
                await Pause(silo, TimeSpan.FromMilliseconds(random.Next(1_000, 5_000)), stage);
                break;
            case Act.PauseSiloForAMinute:
                await Pause(silo, TimeSpan.FromSeconds(60), stage);
                break;
            case Act.CutConnections:
                var cut = cluster.Proxies[silo].CutAll();
                Say($"cut {cut} connections of {cluster.SiloHosts[silo].Name}", stage);
                break;
            case Act.CutAtCommit:
                await CutAtCommits(random, stage);
                break;
            case Act.RefuseConnections:
                cluster.Proxies[silo].IsRefusing = true;
                cluster.Proxies[silo].CutAll();
                Say($"{cluster.SiloHosts[silo].Name} has no database for a while", stage);
                await Task.Delay(random.Next(500, 4_000));
                break;
            case Act.Delay:
                cluster.Proxies[silo].Delay = TimeSpan.FromMilliseconds(random.Next(20, 400));
                Say($"each request of {cluster.SiloHosts[silo].Name} takes {cluster.Proxies[silo].Delay.TotalMilliseconds} ms longer", stage);
                await Task.Delay(random.Next(1_000, 3_000));
                break;
            case Act.RemindersFromAllSides:
                await FireReminders(stage);
                break;
            case Act.FillDisk:
                await FillDisk(random, silo, stage);
                break;
            case Act.KillSigner or Act.PauseSigner or Act.ChainFault or Act.ChainFork:
                await TroublePayouts(step.Act, random, stage);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Act, "no such act");
        }
    }

    private async Task KillSilo(int silo, string? stage)
    {
        await cluster.SiloHosts[silo].Kill();
        Killed(cluster.SiloHosts[silo].Name, "SIGKILL", stage);
    }

    // On a machine without a chain there is nothing to trouble, and nobody dies.
    private async Task TroublePayouts(Act act, Random random, string? stage)
    {
        if (cluster.Chain is not { } chain)
        {
            return;
        }

        switch (act)
        {
            case Act.KillSigner:
                await chain.Signer.Kill();
                Killed(chain.Signer.Name, "SIGKILL", stage);
                break;
            case Act.PauseSigner:
                chain.Signer.Stop();
                Say("the signer stands still", stage);
                await Task.Delay(random.Next(1_000, 5_000));
                break;
            case Act.ChainFork:
                await chain.Command(new { command = "fork", slots = random.Next(1, 20), reland = random.NextDouble() });
                Say("the last blocks of the chain vanish", stage);
                break;
            default:
                var fault = ChainFaults.Next(random);
                await chain.Command(fault);
                Say($"the chain: {fault}", stage);
                await Task.Delay(random.Next(1_000, 4_000));
                break;
        }
    }

    private async Task SignalBackend(Random random, int signal, string how, string? stage)
    {
        var backends = await cluster.Postgres.Backends();
        if (backends.Count > 0)
        {
            Signals.Send(backends[random.Next(backends.Count)], signal);
            Killed("postgres", how, stage);
        }
    }

    private async Task DieByFault(int silo, Step step, string? stage)
    {
        var host = cluster.SiloHosts[silo];
        var fault = step.Fault;
        await KillSilo(silo, stage);
        cluster.StartSilo(silo, fault);
        Say($"{host.Name} comes back with {fault}", stage: null);
        await AwaitReady(silo);
        if (step.NeedsOtherDead)
        {
            await KillSilo(1 - silo, await Stage());
        }

        if (fault.Contains(":stop:", StringComparison.Ordinal))
        {
            await AwaitStandstill(host, step);
            return;
        }

        // It may live on another silo: then this one dies without it.
        await AwaitPassing(() => !host.IsAlive, step.Weeks);
        var isByFault = !host.IsAlive;
        var last = await Stage();
        await host.Kill();
        Killed(host.Name, isByFault ? $"at {fault}" : "SIGKILL, its fault point was not passed", isByFault ? last ?? ByName(fault) : last);
    }

    // Or dead already: its point may be passed as soon as it joins.
    private async Task AwaitReady(int silo)
    {
        try
        {
            await Eventually.True(
                async () => !cluster.SiloHosts[silo].IsAlive || cluster.SiloHosts[silo].IsStopped
                    || await cluster.IsSiloReady(silo),
                "the silo is ready");
        }
        catch (TimeoutException)
        {
            // Then both will be down: that may happen too.
        }
    }

    private async Task AwaitStandstill(HostProcess host, Step step)
    {
        await AwaitPassing(() => host.IsStopped || !host.IsAlive, step.Weeks);
        if (host.IsStopped)
        {
            Say($"{host.Name} stands still {step.Fault}", await Stage());
            await Task.Delay(3_000);
        }

        var stage = await Stage();
        await host.Kill();
        Killed(host.Name, "SIGKILL while it stood still", stage);
    }

    // Or until it will not come any more: weeks have been run, or none can be.
    private async Task AwaitPassing(Func<bool> isPassed, int weeks)
    {
        var before = calendar.Ended;
        try
        {
            await Eventually.True(
                () => isPassed() || calendar.Ended >= before + weeks, "the point is passed");
        }
        catch (TimeoutException)
        {
            // Then it dies without it: that may happen too.
        }
    }

    // The point's own name says where it lies, whatever the database shows a moment later.
    private string? ByName(string fault) => fault.StartsWith("week.", StringComparison.Ordinal)
        ? $"run of {calendar.Running?.Week.ToString() ?? "a week"}"
        : null;

    private async Task Pause(int silo, TimeSpan pause, string? stage)
    {
        var host = cluster.SiloHosts[silo];
        host.Stop();
        Say($"{host.Name} stands still for {pause.TotalSeconds:0.0} s", stage);
        await Task.Delay(pause);
        host.Wake();
    }

    private async Task CutAtCommits(Random random, string? stage)
    {
        var before = cluster.Proxies.Sum(proxy => proxy.CutsAtCommit);
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            foreach (var proxy in cluster.Proxies)
            {
                proxy.CutAtNextCommit();
            }

            await Task.Delay(random.Next(100, 400));
        }

        Say($"cut {cluster.Proxies.Sum(proxy => proxy.CutsAtCommit) - before} connections just after their COMMIT", stage);
    }

    // The tick of a reminder, its timer and the week itself, all at once and more than once.
    private async Task FireReminders(string? stage)
    {
        var schedule = grains.GetGrain<IScheduleGrain>(0);
        var calls = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            var now = DateTime.UtcNow;
            calls.Add(schedule.Wake());
            calls.Add(
                schedule.AsReference<IRemindable>()
                    .ReceiveReminder("due", new TickStatus(now, TimeSpan.FromMinutes(1), now)));
            if (calendar.Running is { Week: var week })
            {
                calls.Add(grains.GetGrain<IWeekGrain>(week.ToString()).Drive(WeekStages.Last));
            }
        }

        var all = Task.WhenAll(calls);
        await all.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Say($"reminders and drives from all sides: {calls.Count}, failed {calls.Count(call => call.IsFaulted)}", stage);
    }

    private async Task FillDisk(Random random, int silo, string? stage)
    {
        if (settings.Disk is { } disk)
        {
            var filler = Postgres.FillDisk(disk);
            Say("the database's file system is full", stage);
            await Task.Delay(random.Next(2_000, 5_000));
            File.Delete(filler);
            Say(cluster.Postgres.IsRunning ? "there is room again" : "there is room again; PostgreSQL has ended meanwhile", null);
            return;
        }

        // Counted as no kill: it is what arms the point.
        await cluster.SiloHosts[silo].Kill();
        cluster.StartSilo(silo, "ledger.before-commit:full:0.5;intake.before-commit:full:0.5");
        Say($"{cluster.SiloHosts[silo].Name} comes back and is answered 53100 at every second commit", stage);
        await Task.Delay(random.Next(8_000, 12_000));
        await cluster.SiloHosts[silo].Kill();
    }

    private async Task<string?> Stage() =>
        calendar.Running is { Week: var week } ? await stages.Read(week) : null;

    /// <summary>Waits until a weekly run has come to a moment of its own, by chance. Null where none comes.</summary>
    private async Task<string?> AwaitRun(Random random)
    {
        var part = random.NextDouble();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < HangLimit.Step;)
        {
            if (calendar.Running is { } running && running.Since >= calendar.LastRun * part
                && await stages.Read(running.Week) is { } stage)
            {
                return stage;
            }

            await Task.Delay(10);
        }

        return null;
    }

    private async Task AwaitProgress()
    {
        var before = progress();
        await Eventually.True(() => progress() > before, "something is answered again");
    }

    private void Killed(string victim, string how, string? stage)
    {
        _kills.Add(new(report.Elapsed, victim, how, stage));
        report.Say($"kill {_kills.Count}: {victim}, {how}; {stage ?? "between runs"}");
    }

    private void Say(string what, string? stage) =>
        report.Say(stage is null ? $"        {what}" : $"        {what}; {stage}");
}
