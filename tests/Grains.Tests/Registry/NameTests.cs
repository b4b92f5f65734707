using Stk.GrainInterfaces.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Registry;

/// <summary>Who gets which name, and what becomes of names from before the rule.</summary>
[Collection(EconomyCollection.Name)]
public sealed class NameTests(EconomyServer server)
{
    [Theory]
    [InlineData("nm-maria\uFE0F")]
    [InlineData("nm-maria ")]
    [InlineData("fund:treasury")]
    [InlineData("erased-35")]
    [InlineData("\u2800")]
    public async Task Neither_events_nor_operators_make_somebody_new_of_a_twin_or_of_a_name_of_ours(string id)
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        var answers = await economy.Record(
            "nm", Sent.Of(id, "ClubPostCreated", week.Start), Sent.Of("nm-good", "ClubPostCreated", week.Start));
        var changed = await economy.Participant(id).ChangeProfile(new(8, null, "?", "operator"), CancellationToken.None);

        Assert.Equal((EventOutcome.Rejected, "distinct_id"), (answers[0].Outcome, answers[0].Field));
        Assert.NotEqual(EventOutcome.Rejected, answers[1].Outcome);
        Assert.NotNull(changed.Broken);
        Assert.Null(await economy.Participant(id).GetProfile());
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("nm-club ")]
    [InlineData("week:2025-W51")]
    public async Task No_new_source_is_called_as_another_or_as_operators_are(string name)
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        var answer = Assert.Single(await economy.Record(name, Sent.Of("nm-src", "ClubPostCreated", week.Start)));
        var put = await economy.Grains.GetGrain<ISourceGrain>(name).Put(new(null, false), CancellationToken.None);

        Assert.Equal((EventOutcome.Rejected, "source"), (answer.Outcome, answer.Field));
        Assert.NotNull(put.Broken);
        Assert.Null(await economy.Grains.GetGrain<ISourceGrain>(name).Get(CancellationToken.None));
    }

    [Fact]
    public async Task Who_had_such_a_name_before_goes_on_and_is_listed_as_a_warning_that_breaks_nothing()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Execute("""
            INSERT INTO activity.participants (id, shard, registered_at) VALUES ('fund:maria ', 12, now());
            INSERT INTO activity.sources (name) VALUES ('admin'), ('club')
            """);
        await economy.Execute($"UPDATE activity.participants SET shard = {TestEconomy.ShardOf("fund:maria ")}");

        var answer = Assert.Single(
            await economy.Record("admin", Sent.Of("fund:maria ", "ClubPostCreated", TestEconomy.FirstWeek.Start)));
        var changed = await economy.Participant("fund:maria ").ChangeProfile(new(2, null, "exam", "operator"), CancellationToken.None);
        var check = new InvariantsCheck(economy.Database);
        var (warnings, count) = await check.Warn();

        Assert.Equal(EventOutcome.Counted, answer.Outcome);
        Assert.Equal((2, null), (changed.Level, changed.Broken));
        Assert.Equal(2, count);
        Assert.Equal(
            ["activity.participants", "activity.sources"], warnings.Select(warning => warning.Table).Order(StringComparer.Ordinal));
        Assert.All(await check.Run().ToListAsync(), finding => Assert.True(finding.Holds, finding.ToString()));
    }
}
