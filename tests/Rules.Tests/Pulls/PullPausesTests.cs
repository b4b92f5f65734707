using CsCheck;
using Stk.Rules.Pulls;

namespace Stk.Rules.Tests.Pulls;

public sealed class PullPausesTests
{
    [Theory]
    [InlineData(1, 0, 2_500)]
    [InlineData(1, 1_000, 5_000)]
    [InlineData(2, 1_000, 10_000)]
    [InlineData(8, 1_000, 640_000)]
    [InlineData(9, 1_000, 900_000)]
    [InlineData(int.MaxValue, 0, 450_000)]
    public void A_pause_doubles_up_to_fifteen_minutes_and_half_of_it_is_chance(int failures, int chance, int expectedMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), PullPauses.AfterFailure(failures, chance, asked: null));

    [Fact]
    public void A_source_is_left_alone_for_as_long_as_it_asks_and_for_a_day_at_most() =>
        Gen.Select(Gen.Int[1, 1_000], Gen.Int[0, 1_000], Gen.Int[-10, 1_000_000]).Sample((failures, chance, seconds) =>
        {
            var asked = TimeSpan.FromSeconds(seconds);
            var pause = PullPauses.AfterFailure(failures, chance, asked);

            Assert.True(pause >= (asked < PullPauses.LongestAsked ? asked : PullPauses.LongestAsked));
            Assert.True(pause >= PullPauses.Shortest / 2);
            Assert.True(pause <= PullPauses.Longest || pause <= asked);
        });

    [Fact]
    public void Requests_of_a_minute_are_as_many_as_may_be()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        Gen.Select(Gen.Int[1, 6_000], Gen.Int[0, 500].Array[1, 200]).Sample((perMinute, worksMs) =>
        {
            var now = start;
            DateTimeOffset? last = null;
            var sent = new List<DateTimeOffset>();
            foreach (var ms in worksMs)
            {
                now += PullPauses.BeforeRequest(last, now, perMinute);
                sent.Add(now);
                last = now;
                now = now.AddMilliseconds(ms);
            }

            Assert.All(sent.Index(), one => Assert.True(
                sent.Count(other => other >= one.Item && other < one.Item.AddMinutes(1)) <= perMinute));
        });
    }
}
