using Stk.Grains.Economy;

namespace Stk.Grains.Schedules;

/// <summary>
/// Finds a host's clock that cannot be trusted: a wrong one would mint and seal too early. Only for the host's clock;
/// the manual one is set on purpose.
/// </summary>
internal sealed class ClockGuard(ClockTable table, TimeProvider host, IGrainFactory grains)
{
    public static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan JumpMax = TimeSpan.FromMinutes(10);

    /// <summary>Says why the schedule must wait for an operator, or leaves a heartbeat and says null.</summary>
    // No heartbeat of a clock that is not trusted: whoever looks next finds the same, until an operator goes on.
    public async Task<string?> Check(CancellationToken cancellation)
    {
        var asked = host.GetUtcNow();
        var (last, database) = await table.ReadHeartbeat(cancellation);
        if (await Objection(asked, last, database) is { } reason)
        {
            return reason;
        }

        await table.StoreHeartbeat(asked, cancellation);
        return null;
    }

    private async Task<string?> Objection(DateTimeOffset asked, DateTimeOffset? last, DateTimeOffset database)
    {
        var skew = (asked - database).Duration();
        if (skew > SkewMax && (host.GetUtcNow() - database).Duration() > SkewMax)
        {
            return FormattableString.Invariant(
                $"this host's clock and the database's differ by {skew.TotalSeconds:F0} s: at most {SkewMax.TotalSeconds:F0} s are safe");
        }

        // Silent while all silos were down: then nobody left heartbeats, and catching up is right.
        return last is { } at && asked - at > JumpMax && await WereSilosUp(since: at)
            ? FormattableString.Invariant(
                $"the clock has jumped forward by {(asked - at).TotalMinutes:F0} minutes since the last heartbeat")
            : null;
    }

    private async Task<bool> WereSilosUp(DateTimeOffset since)
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true);
        return silos.Any(silo => silo.StartTime.ToUniversalTime() <= since.UtcDateTime);
    }
}
