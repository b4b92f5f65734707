using CsCheck;
using Stk.Rules.Deliveries;

namespace Stk.Rules.Tests.Deliveries;

public sealed class DeliveryAttemptsTests
{
    private static readonly DateTimeOffset Monday = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DeliveryAnswer> Failures = Gen.OneOf<DeliveryAnswer>(
        Gen.Const<DeliveryAnswer>(new DeliveryAnswer.Failed(DeliveryReasons.Timeout)),
        Gen.Int[-10, 200_000].Select(seconds =>
            (DeliveryAnswer)new DeliveryAnswer.Failed(DeliveryReasons.Http(429), TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Who_fails_always_is_tried_ten_times_within_a_day()
    {
        foreach (var chance in new[] { 0, DeliveryAttempts.MostChance / 2, DeliveryAttempts.MostChance })
        {
            var (now, step) = (Monday, new DeliveryStep(DeliveryState.Waiting, 0, Monday, null));
            while (step.NextAt is { } next)
            {
                now = next;
                step = DeliveryAttempts.After(
                    new DeliveryAnswer.Failed(DeliveryReasons.Timeout), step.Attempts + 1, now, chance);
            }

            Assert.Equal(new(DeliveryState.Dead, DeliveryAttempts.Max, null, "timeout"), step);
            Assert.InRange((now - Monday).TotalHours, 18, 24);
        }
    }

    [Fact]
    public void Whatever_fails_ends_after_ten_attempts_and_waits_longer_than_it_was_asked_to() =>
        Gen.Select(Failures.Array[DeliveryAttempts.Max], Gen.Int[0, DeliveryAttempts.MostChance]).Sample((answers, chance) =>
        {
            var now = Monday;
            for (var attempt = 1; attempt <= answers.Length; attempt++)
            {
                var step = DeliveryAttempts.After(answers[attempt - 1], attempt, now, chance);
                Assert.Equal(attempt == DeliveryAttempts.Max, step.State == DeliveryState.Dead);
                if (step.NextAt is not { } next)
                {
                    continue;
                }

                var asked = ((DeliveryAnswer.Failed)answers[attempt - 1]).After ?? TimeSpan.Zero;
                Assert.True(next - now >= DeliveryAttempts.Within(asked));
                Assert.True(next - now >= DeliveryAttempts.Wait(attempt, DeliveryAttempts.MostChance));
                Assert.True(next - now <= DeliveryAttempts.LongestAsked);
                now = next;
            }
        });

    [Fact]
    public void What_cannot_mend_is_dead_at_once() => Assert.Equal(
        new(DeliveryState.Dead, 1, null, "http-410"),
        DeliveryAttempts.After(new DeliveryAnswer.Refused(DeliveryReasons.Http(410)), 1, Monday, 0));

    [Fact]
    public void A_channel_that_is_busy_takes_no_attempt() => Assert.Equal(
        new(DeliveryState.Waiting, 9, Monday.AddSeconds(30), "http-429"),
        DeliveryAttempts.After(
            new DeliveryAnswer.ChannelBusy(DeliveryReasons.Http(429), TimeSpan.FromSeconds(30)), 10, Monday,
            DeliveryAttempts.MostChance / 2));

    [Fact]
    public void What_is_delivered_has_no_next_time() => Assert.Equal(
        new(DeliveryState.Delivered, 10, null, null),
        DeliveryAttempts.After(new DeliveryAnswer.Delivered(), 10, Monday, DeliveryAttempts.MostChance / 2));
}
