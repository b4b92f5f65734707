using Orleans.Runtime.Services;
using Stk.Grains.Economy;

namespace Stk.Grains.Clocks;

/// <summary>All silos' clocks at once.</summary>
internal sealed class SiloClocks(IServiceProvider services, IClusterMembershipService membership)
    : GrainServiceClient<ISiloClock>(services)
{
    /// <summary>Tells every silo; one that joins meanwhile reads the stored setting.</summary>
    public Task Set(ManualTime time) =>
        OnEverySilo(silo => silo.Set(time.Version, time.Reached, time.Target));

    /// <summary>Answers once every silo has heard the journal up to a commit.</summary>
    public Task CatchUp(long sequence) => OnEverySilo(silo => silo.CatchUp(sequence));

    private Task OnEverySilo(Func<ISiloClock, Task> act) => Task.WhenAll(ActiveSilos().Select(async address =>
    {
        try
        {
            await act(GetGrainService(address));
        }
        catch (Exception)
        {
            // A silo that died meanwhile is not waited for: it reads the stored setting when it comes back.
            await membership.Refresh();
            if (ActiveSilos().Contains(address))
            {
                throw;
            }
        }
    }));

    private IReadOnlyList<SiloAddress> ActiveSilos() =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress),
    ];
}
