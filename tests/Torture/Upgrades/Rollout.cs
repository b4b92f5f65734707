using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Workloads;

namespace Stk.Torture.Upgrades;

/// <summary>
/// An upgrade as an operator does it, under load: migrate while all of the old build runs, then one silo after the other,
/// the API host last. Between the two silos both builds serve side by side, through whole weekly runs and a kill. In each
/// mixture an operator closes a week by hand, with a reason: the new build must know of it what the old one has written.
/// A build whose silos do not show what they are, by certificates and in their calls, cannot speak to one that asks for it:
/// that step is not rolled, all of the old build is stopped before any of the new one starts.
/// </summary>
internal sealed class Rollout(
    ClusterUnderTest cluster, TortureSettings settings, GrainClient client, Weeks weeks, RestApi api,
    Announcement announcement, Confirmation confirmation, NpgsqlDataSource database, Report report)
{
    /// <summary>Weekly runs to be done by each mixture of builds.</summary>
    private const int WeeksEach = 2;

    private readonly List<string> _problems = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _looked;

    /// <summary>Ends once every host is of the new build.</summary>
    public Task Done => _done.Task;

    public CheckResult Result => new(
        settings.IsFromWithoutProofs
            ? "the new build went on where all of the old one was stopped, and every old host left by itself"
            : "both builds served side by side, whole weeks were run by them, and every old host left by itself",
        _problems,
        _looked);

    public async Task Run()
    {
        var isNews = await announcement.IsNews();
        await AwaitWeeks("all hosts are of the old build");
        await (settings.IsFromWithoutProofs ? Stopped() : Rolled(isNews));
        _done.SetResult();
        Look(await announcement.IsTaken(), "a rule book with a section that every silo knows is taken");
        await AwaitWeeks("all hosts are of the new build");
        await EveryWeekIsKnown();
    }

    // The API host first: nobody is told by a silo that leaves that there is none.
    private async Task Stopped()
    {
        report.Say("the old build does not show that its calls are a silo's: all of it is stopped, and nothing is rolled");
        var clock = Stopwatch.StartNew();
        await Leave(cluster.ApiHost);
        foreach (var silo in cluster.SiloHosts)
        {
            await Leave(silo);
        }

        await Migrate("the new build migrates where nothing runs");
        foreach (var host in cluster.SiloHosts.Append(cluster.ApiHost))
        {
            host.Build = TortureSettings.Current;
        }

        await cluster.Heal();
        await Eventually.Get(() => api.Get("admin/clock"), answer => answer is not null, "the new build answers");
        report.Say(string.Create(
            CultureInfo.InvariantCulture, $"        nothing answered for {clock.Elapsed.TotalSeconds:0.0} s"));
        await client.ConnectAgain();
        await confirmation.Run();
    }

    private async Task Rolled(bool isNews)
    {
        await Migrate("the new build migrates while the old one runs");
        await AwaitWeeks("all hosts are of the old build, the schema is the new one's");
        await Replace(0);
        await AwaitBoth("silo-1 is new, silo-2 and the API host are old");
        // A leaving host moves its actors to the new build; a dying one leaves what the new build wrote to the old.
        await cluster.SiloHosts[0].Kill();
        report.Say("        silo-1, SIGKILL");
        await cluster.Heal();
        await AwaitBoth("silo-1 is new again, silo-2 and the API host are old");
        if (isNews)
        {
            Look(await announcement.IsRefused(), "a rule book with a section that silo-2 does not know is refused");
        }

        await Replace(1);
        await AwaitBoth("both silos are new, the API host is old");
        await Replace(cluster.ApiHost);
    }

    private async Task Migrate(string claim)
    {
        var migrated = await ReadChecks.Migrate(claim, settings);
        _looked++;
        _problems.AddRange(migrated.Problems);
        report.Say($"        migrated by the new build{(migrated.Problems.Count > 0 ? $": {migrated.Problems[0]}" : "")}");
    }

    private void Look(string? problem, string claim)
    {
        _looked++;
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        report.Say($"        {problem ?? claim}");
    }

    // What coordinators remember of the weeks that the old build has run is read by the new one.
    private async Task EveryWeekIsKnown()
    {
        var settled = await database.Read(
            "SELECT week FROM weeks.runs WHERE settled_at IS NOT NULL ORDER BY week", row => WeekId.OfNumber(row.GetInt32(0)));
        foreach (var week in settled)
        {
            _looked++;
            var status = await Eventually.Get(
                () => api.Get($"admin/weeks/{week}"), answer => answer is not null, $"{week} is answered");
            if (status?["done"]?.GetValue<string>() != "settle")
            {
                _problems.Add($"{week} is settled, and the new build does not know it");
            }
        }
    }

    private Task Replace(int silo) => Replace(cluster.SiloHosts[silo]);

    private async Task Replace(HostProcess host)
    {
        var clock = Stopwatch.StartNew();
        await Leave(host);
        var left = clock.Elapsed;
        host.Build = TortureSettings.Current;
        await cluster.Heal();
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"        {host.Name} left after {left.TotalSeconds:0.0} s, the new build serves after {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private async Task Leave(HostProcess host)
    {
        _looked++;
        if (!await host.Leave())
        {
            _problems.Add($"{host.Name} did not end within its time after SIGTERM");
            await host.Kill();
        }
    }

    private async Task AwaitBoth(string builds)
    {
        var before = await Commits();
        await AwaitWeeks(builds);
        // Where a week's run has kept one silo busy, the other one's turn is waited for.
        var after = await Eventually.Get(
            Commits, counts => counts.Zip(before).All(pair => pair.First > pair.Second), $"each silo commits: {builds}");
        for (var silo = 0; silo < ClusterUnderTest.Silos; silo++)
        {
            _looked++;
            report.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"        {cluster.SiloHosts[silo].Name} ({cluster.SiloHosts[silo].Build}) committed {after[silo] - before[silo]} groups meanwhile"));
        }
    }

    private Task<long[]> Commits() => Task.WhenAll(Enumerable.Range(0, ClusterUnderTest.Silos).Select(cluster.Commits));

    private async Task AwaitWeeks(string builds)
    {
        report.Say(builds);
        weeks.CloseNextByHand();
        var wanted = weeks.Done + WeeksEach;
        await Eventually.True(() => Task.FromResult(weeks.Done >= wanted), $"{WeeksEach} more weeks are run: {builds}");
        _looked++;
    }
}
