using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.RuleBooks;

/// <summary>
/// The rule books as this host knows them. A version takes effect from a coming week, so that one which is some seconds
/// old is still right for every event of today.
/// </summary>
internal sealed class RuleBookCache(
    GrainCalls calls, ClusterConnection connection, TimeProvider time, ILogger<RuleBookCache> logger) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private volatile RuleBookHistory? _known;

    public async ValueTask<RuleBookHistory> Get(CancellationToken cancellation) =>
        _known ?? await Read(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Refresh, time);
        do
        {
            try
            {
                if (connection.IsMade)
                {
                    await Read(stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RuleBooksStale(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<RuleBookHistory> Read(CancellationToken cancellation)
    {
        var versions = await calls.Read(grains => grains.GetGrain<IRuleBookGrain>(0).GetVersions(), cancellation);
        var history = new RuleBookHistory(
            versions.Where(version => version.WithdrawnAt is null)
                .Select(version => (version.EffectiveFrom, RuleBookJson.ReadStored(version.Document))));
        _known = history;
        return history;
    }
}
