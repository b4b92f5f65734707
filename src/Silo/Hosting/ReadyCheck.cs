using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stk.GrainInterfaces.Schedules;

namespace Stk.Silo.Hosting;

/// <summary>Ready: this silo is a member, and its actors answer.</summary>
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

        await grains.GetGrain<IScheduleGrain>(0).GetClock().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
