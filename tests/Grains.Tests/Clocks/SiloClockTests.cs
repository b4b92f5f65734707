using Orleans.Services;
using Stk.Grains.Clocks;
using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Clocks;

[Collection(EconomyCollection.Name)]
public sealed class SiloClockTests(EconomyServer server)
{
    [Fact]
    public async Task Its_name_and_the_id_that_Orleans_makes_of_it_are_what_every_build_has()
    {
        var economy = await server.Shared();
        var clock = economy.ServiceOf<IEnumerable<IGrainService>>(0).OfType<SiloClock>().Single();

        Assert.Equal("Stk.Grains.Clocks.ISiloClock", typeof(ISiloClock).FullName);
        Assert.Equal("sys.svc.user.F099323B", ((IGrainContext)clock).GrainId.Type.ToString());
    }
}
