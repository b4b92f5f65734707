using Stk.Rules.Services;

namespace Stk.Rules.Tests.Services;

public class ServiceTermTests
{
    private static readonly Guid First = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Second = new("00000000-0000-0000-0000-000000000002");

    [Theory]
    [InlineData("2024-01-31T10:00:00Z", null, 1, "2024-02-29T10:00:00Z")]
    [InlineData("2025-01-31T10:00:00Z", null, 1, "2025-02-28T10:00:00Z")]
    [InlineData("2025-02-28T10:00:00Z", null, 1, "2025-03-28T10:00:00Z")]
    [InlineData("2024-02-29T00:00:00Z", null, 12, "2025-02-28T00:00:00Z")]
    [InlineData("2024-12-31T23:59:59Z", 1, null, "2025-01-01T23:59:59Z")]
    [InlineData("2024-02-28T01:00:00+02:00", null, 1, "2024-03-27T23:00:00Z")]
    public void A_term_ends_after_its_days_or_calendar_months_in_utc(string from, int? days, int? months, string until) =>
        Assert.Equal(At(until), new ServiceTerm(days, months, null).Until(At(from)));

    [Fact]
    public void Sessions_and_an_unbounded_term_have_no_end()
    {
        Assert.Null(new ServiceTerm(null, null, 3).Until(At("2024-01-01T00:00:00Z")));
        Assert.Null(new ServiceTerm(null, null, null).Until(At("2024-01-01T00:00:00Z")));
    }

    [Fact]
    public void A_use_takes_what_ends_first_then_what_began_first()
    {
        var now = At("2024-06-01T00:00:00Z");
        var endless = new CountedEntitlement(First, now.AddDays(-9), null, 1);
        var ending = new CountedEntitlement(Second, now.AddDays(-1), now.AddDays(1), 1);

        Assert.Equal(Second, SessionChoice.Of([endless, ending], now)?.Id);
        Assert.Equal(First, SessionChoice.Of([endless, endless with { Id = Second, From = now.AddDays(-8) }], now)?.Id);
        Assert.Equal(First, SessionChoice.Of([endless with { Id = Second }, endless], now)?.Id);
    }

    [Fact]
    public void A_use_takes_nothing_that_is_over_or_not_begun_or_used_up()
    {
        var now = At("2024-06-01T00:00:00Z");

        Assert.Null(SessionChoice.Of(
            [
                new(First, now.AddDays(-1), now, 1),
                new(First, now.AddTicks(1), null, 1),
                new(First, now.AddDays(-1), null, 0),
            ],
            now));
        Assert.NotNull(SessionChoice.Of([new(First, now, now.AddTicks(1), 1)], now));
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
