using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stk.GrainInterfaces.Health;

namespace Stk.Silo.Hosting;

/// <summary>Ready: this silo is a member, its actors answer, and what they are told can be stored.</summary>
internal sealed class ReadyCheck(IGrainFactory grains, ILocalSiloDetails silo, IClusterMembershipService membership)
    : IHealthCheck
{
    public const string Tag = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) != SiloStatus.Active)
        {
            return HealthCheckResult.Unhealthy("the silo has not joined the cluster");
        }

        var hasDatabase = await grains.GetGrain<IHealthGrain>(0).HasDatabase().AsTask()
            .WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
        return hasDatabase
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the database cannot be read");
    }
}
