using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Transfers;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Grains.Tests.Transfers;

[Collection(EconomyCollection.Name)]
public sealed class RecipientTests(EconomyServer server)
{
    [Fact]
    public async Task Somebody_who_can_receive_is_found_and_the_rest_are_one_answer()
    {
        var economy = await server.Shared();
        await economy.Fund("rc-ann", Amount.OfStk(1));
        await economy.Register("rc-bob");
        await economy.Participant("rc-staff").ChangeProfile(new(null, true, "staff", "operator"), CancellationToken.None);

        Assert.Equal(new RecipientReply("rc-bob", "rc-bob", CanReceive: true), await Find(economy, "rc-ann", "rc-bob"));
        foreach (var id in new[] { "rc-staff", "rc-nobody", "rc-ann" })
        {
            Assert.Equal(new RecipientReply(id, id, CanReceive: false), await Find(economy, "rc-ann", id));
        }
    }

    [Fact]
    public async Task Nobody_is_looked_up_more_than_thirty_times_an_hour()
    {
        var economy = await server.Shared();
        await economy.Register("rc-bob-2");
        for (var look = 0; look < HourlyLooks.Max; look++)
        {
            Assert.True((await Find(economy, "rc-curious", "rc-bob-2")).CanReceive);
        }

        var refused = await Find(economy, "rc-curious", "rc-bob-2");

        Assert.False(refused.CanReceive);
        Assert.InRange(refused.RetryAfterSeconds ?? 0, 1, 3_600);
        // Another's hour is another's.
        Assert.True((await Find(economy, "rc-other", "rc-bob-2")).CanReceive);
    }

    [Fact]
    public void A_look_comes_back_an_hour_after_it_was_taken()
    {
        var time = new Hands();
        var looks = new HourlyLooks(time);
        for (var look = 0; look < HourlyLooks.Max; look++)
        {
            Assert.Null(looks.Take());
            time.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal(TimeSpan.FromMinutes(30), looks.Take());
        time.Now += TimeSpan.FromMinutes(30);
        Assert.Null(looks.Take());
        Assert.Equal(TimeSpan.FromMinutes(1), looks.Take());
    }

    private static Task<RecipientReply> Find(TestEconomy economy, string asker, string id) =>
        economy.Grains.GetGrain<ISpenderGrain>(asker).FindRecipient(id, CancellationToken.None);

    private sealed class Hands : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
