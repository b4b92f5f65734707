using Stk.GrainInterfaces.Statistics;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Grains.Tests.Statistics;

[Collection(OwnEconomiesCollection.Name)]
public sealed class DistributionTests(EconomyServer server)
{
    [Fact]
    public async Task The_report_is_of_all_who_have_something_and_names_nobody()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("st-nothing");
        await economy.Fund("st-ann", Amount.OfStk(1));
        await economy.Fund("st-bob", Amount.OfStk(3));
        var grain = economy.Grains.GetGrain<IDistributionGrain>(0);

        var report = await grain.GetReport(CancellationToken.None);

        Assert.Equal((2, 2_500), (report.Holders, report.GiniTenThousandths));
        Assert.Equal([7_500, 2_500], report.Top.Select(holder => holder.ShareBp));
        Assert.Equal((2, 10_000), (report.Classes[1].Holders, report.Classes[1].ShareBp));
        Assert.Equal(["rewards", "treasury", "startup", "team", "liquidity"], report.Funds.Select(fund => fund.Name));
        Assert.All(report.Top, holder => Assert.Matches("^[0-9a-f]{16}$", holder.Pseudonym));

        // The same report for a minute, then one with other pseudonyms.
        Assert.Equal(report.Top[0].Pseudonym, (await grain.GetReport(CancellationToken.None)).Top[0].Pseudonym);
        await economy.Cluster.DeactivateAsync(grain);
        var next = await grain.GetReport(CancellationToken.None);
        Assert.Empty(report.Top.Select(holder => holder.Pseudonym).Intersect(next.Top.Select(holder => holder.Pseudonym)));
    }
}
