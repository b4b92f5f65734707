using Stk.Rules.Deliveries;

namespace Stk.Rules.Tests.Deliveries;

public sealed class AddressHealthTests
{
    private static readonly DateTimeOffset Monday = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryAnswer Refused = new DeliveryAnswer.Refused(DeliveryReasons.UnknownRecipient);
    private static readonly DeliveryAnswer Failed = new DeliveryAnswer.Failed(DeliveryReasons.Timeout);
    private static readonly DeliveryAnswer Delivered = new DeliveryAnswer.Delivered();

    [Theory, InlineData(20.9, false), InlineData(21, true)]
    public void Three_weeks_of_refusals_switch_an_address_off(double days, bool isOff)
    {
        var health = AddressHealth.Unknown(Monday).After(Refused, Monday).After(Failed, Monday.AddDays(3));

        Assert.Equal(isOff, health.After(Refused, Monday.AddDays(days)).IsOff);
    }

    [Fact]
    public void One_that_was_taken_between_begins_the_three_weeks_anew()
    {
        var health = AddressHealth.Unknown(Monday).After(Refused, Monday).After(Delivered, Monday.AddDays(20))
            .After(Refused, Monday.AddDays(22));

        Assert.False(health.IsOff);
        Assert.Equal(Monday.AddDays(22), health.RefusedSince);
    }

    [Fact]
    public void One_that_fails_rests_longer_each_time_and_never_longer_than_a_quarter_of_an_hour()
    {
        var (health, before) = (AddressHealth.Unknown(Monday), TimeSpan.Zero);
        for (var i = 0; i < 2_000; i++)
        {
            health = health.After(Failed, Monday);
            var rest = health.RestsTo - Monday;
            Assert.True(rest >= before && rest <= TimeSpan.FromMinutes(15));
            before = rest;
        }

        Assert.Equal(TimeSpan.FromMinutes(15), before);
        Assert.Equal(AddressHealth.Unknown(Monday), health.After(Delivered, Monday));
    }

    [Fact]
    public void One_that_asks_for_time_gets_it() => Assert.Equal(
        Monday.AddHours(2),
        AddressHealth.Unknown(Monday).After(new DeliveryAnswer.Failed("http-429", TimeSpan.FromHours(2)), Monday).RestsTo);
}
