using System.Collections.Immutable;
using Stk.Torture.Hosts;

namespace Stk.Torture.Years;

/// <summary>Kills while a piece of the year is under way: at a moment by chance, or where a fault point lies.</summary>
internal sealed class YearBreaker(ClusterUnderTest cluster, Report report, TortureSettings settings)
{
    private const int PiecesAWeek = 4;

    private static readonly ImmutableArray<string> Vesting =
    [
        "vesting.before-decided:kill:0.5", "vesting.after-decided:kill:0.5", "vesting.between-posts:kill:0.3",
        "week.after-reserve:kill:1", "ledger.after-commit:kill:0.05", "intake.after-commit:kill:0.1",
    ];

    private static readonly ImmutableArray<string> Quarter =
    [
        "inactivity.between-parts:kill:0.3", "inactivity.after-assessment:kill:1", "inactivity.between-debits:kill:1",
        "inactivity.before-done:kill:1", "inactivity.between-restorations:kill:1",
    ];

    private readonly Random _random = new(settings.Seed);
    private int _pieces;

    public int Kills { get; private set; }

    /// <summary>Whether the next piece is to be disturbed, so that the year has as many kills as were asked for.</summary>
    public bool IsDue(int week)
    {
        _pieces++;
        // In the quarter's weeks as often as can be.
        return Kills < settings.Kills && (YearScript.QuartersWeeks.Contains(week)
            || (long)Kills * settings.Weeks * PiecesAWeek <= (long)settings.Kills * _pieces);
    }

    /// <summary>Waits for the piece too.</summary>
    public async Task Strike(int week, Task work)
    {
        var isOfQuarter = YearScript.QuartersWeeks.Contains(week);
        if (_random.Next(6) < (isOfQuarter ? 4 : 2))
        {
            var faults = isOfQuarter ? Quarter : Vesting;
            await DieByFault(faults[_random.Next(faults.Length)], week, work);
        }
        else
        {
            await Kill(week);
        }

        await cluster.Heal();
        await work;
    }

    private async Task Kill(int week)
    {
        await Task.Delay(_random.Next(0, 1_500));
        switch (_random.Next(10))
        {
            case 0:
                await cluster.ApiHost.Kill();
                Killed("the API host", week);
                break;
            case 1:
                await cluster.Postgres.Kill(Signals.Quit);
                Killed("postgres", week);
                break;
            case 2:
                await KillSilo(0, week);
                await KillSilo(1, week);
                break;
            default:
                await KillSilo(_random.Next(ClusterUnderTest.Silos), week);
                break;
        }

        await Task.Delay(_random.Next(0, 800));
    }

    // Armed in both: whichever does the work is the one that dies.
    private async Task DieByFault(string fault, int week, Task work)
    {
        for (var silo = 0; silo < ClusterUnderTest.Silos; silo++)
        {
            await KillSilo(silo, week);
            cluster.StartSilo(silo, fault);
        }

        while (!work.IsCompleted && cluster.SiloHosts.All(host => host.IsAlive))
        {
            await Task.Delay(20);
        }

        if (cluster.SiloHosts.Any(host => !host.IsAlive))
        {
            Killed($"a silo at {fault}", week);
        }

        // What is armed must not live on.
        foreach (var host in cluster.SiloHosts)
        {
            await host.Kill();
        }
    }

    private async Task KillSilo(int silo, int week)
    {
        await cluster.SiloHosts[silo].Kill();
        Killed(cluster.SiloHosts[silo].Name, week);
    }

    private void Killed(string victim, int week)
    {
        Kills++;
        report.Say($"kill {Kills}: {victim}, week {week + 1}");
    }
}
