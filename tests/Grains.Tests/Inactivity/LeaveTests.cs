using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Tests.Economies;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>Who may say that somebody is on leave: it spares them what a quarter would take.</summary>
[Collection(EconomyCollection.Name)]
public sealed class LeaveTests(EconomyServer server)
{
    [Fact]
    public async Task Nobody_sends_themselves_on_leave_and_nobody_does_whose_entry_has_ended()
    {
        var economy = await server.Shared();
        await economy.Register("lv-ann");
        await economy.EndOperator("lv-gone");

        Assert.IsType<LeaveReply.OwnAffair>(await Put(economy, "lv-ann", by: "lv-ann"));
        Assert.IsType<LeaveReply.OperatorUnknown>(await Put(economy, "lv-ann", by: "lv-gone"));
        Assert.IsType<LeaveReply.Unknown>(await Put(economy, "lv-nobody", by: "operator"));
        Assert.Null(await Grain(economy).Get("lv-ann", CancellationToken.None));

        Assert.IsType<LeaveReply.Done>(await Put(economy, "lv-ann", by: "operator"));
        Assert.Equal(new LeaveView(new(2025, 12, 20), null), await Grain(economy).Get("lv-ann", CancellationToken.None));
    }

    private static ILeavesGrain Grain(TestEconomy economy) => economy.Grains.GetGrain<ILeavesGrain>(0);

    private static Task<LeaveReply> Put(TestEconomy economy, string id, string by) => Grain(economy).Put(
        new(NewKey(), id, new(2025, 12, 20), null, "parental leave", by), CancellationToken.None);
}
