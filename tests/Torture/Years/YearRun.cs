using System.Globalization;
using Npgsql;
using Stk.Ledger.Signing;
using Stk.Testing.Economies;
using Stk.Torture.Hosts;
using Stk.Torture.Workloads;
using Stk.Verification;

namespace Stk.Torture.Years;

/// <summary>
/// A year by script: the same events, appeals, leaves and decisions at the same moments, whether anything is killed or not.
/// What it exports is to be the same to the byte; whoever started it compares.
/// </summary>
internal sealed class YearRun(TortureSettings settings, Report report)
{
    private const int ProblemsShown = 10;

    private int _checked;
    private int _problems;

    /// <returns>True where all invariants hold, after each kill and at the end.</returns>
    public async Task<bool> Run()
    {
        await using var database = NpgsqlDataSource.Create(settings.Owner);
        await using var cluster = new ClusterUnderTest(settings);
        report.Say("starting two silos and the API host");
        await cluster.Heal();
        using var api = new RestApi(settings, cluster.ApiPort);
        using var tokens = new Tokens(settings.Keys);
        var calendar = new WeekCalendar(EvidenceYear.Monday);
        var script = new YearScript(api, tokens, new ClockMover(api, calendar), settings.Weeks);
        var breaker = new YearBreaker(cluster, report, settings);
        for (var week = 0; week < settings.Weeks; week++)
        {
            foreach (var piece in script.Pieces(week))
            {
                if (breaker.IsDue(week))
                {
                    await breaker.Strike(week, piece());
                    await Check(database);
                }
                else
                {
                    await piece();
                }
            }
        }

        await Check(database);
        await new YearExports(api, database, settings).Write();
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {settings.Seed}: {settings.Weeks} weeks, {breaker.Kills} kills, {script.Done} acts; all invariants looked at {_checked} times, {_problems} broken"));
        foreach (var unforeseen in api.Unforeseen)
        {
            report.Say($"FAIL answered 500: {unforeseen}");
        }

        return _problems == 0 && api.Unforeseen.Count == 0;
    }

    private async Task Check(NpgsqlDataSource database)
    {
        _checked++;
        // A database that was killed has taken the connections of before with it.
        database.Clear();
        var check = new InvariantsCheck(
            database, published: null, log: null, SigningPublicKeys.Read(settings.CommitPublicKeys), isHarness: false);
        await foreach (var finding in check.Run())
        {
            _problems += finding.Violations.Length;
            foreach (var violation in finding.Violations.Take(ProblemsShown))
            {
                report.Say($"FAIL {finding.Invariant.Name}: {violation}");
            }
        }
    }
}
