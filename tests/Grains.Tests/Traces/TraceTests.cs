using Stk.GrainInterfaces.Traces;
using Stk.Grains.Tests.Economies;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Traces;

[Collection(EconomyCollection.Name)]
public sealed class TraceTests(EconomyServer server)
{
    [Fact]
    public async Task Each_read_is_kept_once_of_those_who_are_somebody_and_for_400_days()
    {
        var economy = await server.Shared();
        await economy.Register("tr-ann");
        var traces = economy.Grains.GetGrain<ITracesGrain>(0);
        var now = DateTimeOffset.UtcNow;
        var read = new ReadTrace(Guid.NewGuid(), now, "tr-nosy", "auditor", "tr-ann", "balance", null);
        var old = read with { Id = Guid.NewGuid(), At = now.AddDays(-401), Reason = "long ago" };

        await traces.Keep([read, read with { Id = Guid.NewGuid(), Participant = "tr-nobody" }, old], CancellationToken.None);
        await traces.Keep([read], CancellationToken.None);
        await economy.Execute("SELECT traces.drop_ended()");

        Assert.Equal([$"tr-nosy auditor {await economy.NumberOf("tr-ann")} balance"], await economy.Rows("""
            SELECT by, role, participant, what FROM traces.reads WHERE by = 'tr-nosy'
            """));
    }
}
