using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Deliveries;

/// <summary>How often a delivery is tried, and when: ten times within a day, then no more.</summary>
public static class DeliveryAttempts
{
    public const int Max = 10;

    /// <summary>No wait that another side asks for is longer.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>
    /// At most a fifth of a wait is taken off by chance, so that what has failed together does not come together.
    /// </summary>
    private const int Jitter = 5;

    /// <summary>Chance is drawn from 0 to this, both inclusive.</summary>
    public const int MostChance = 1_000_000;

    // Together 23 hours and 51 minutes.
    private static readonly ImmutableArray<TimeSpan> Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(7), TimeSpan.FromHours(9),
    ];

    /// <summary>The time to the next attempt, before what the other side has asked for.</summary>
    /// <param name="attempts">Made so far, at least 1.</param>
    /// <param name="chance">0 to <see cref="MostChance"/>: 0 waits longest.</param>
    public static TimeSpan Wait(int attempts, int chance)
    {
        var whole = Waits[Math.Min(attempts, Waits.Length) - 1];
        return whole - TimeSpan.FromTicks(whole.Ticks / Jitter / MostChance * chance);
    }

    /// <summary>What an answer makes of a delivery.</summary>
    /// <param name="attempts">With the one that was answered.</param>
    /// <param name="now">By the host's clock.</param>
    /// <param name="chance">0 to <see cref="MostChance"/>.</param>
    public static DeliveryStep After(DeliveryAnswer answer, int attempts, DateTimeOffset now, int chance) =>
        answer switch
        {
            DeliveryAnswer.Delivered => new(DeliveryState.Delivered, attempts, null, null),
            DeliveryAnswer.Refused(var reason) => new(DeliveryState.Dead, attempts, null, reason),
            DeliveryAnswer.ChannelBusy(var reason, var after) =>
                new(DeliveryState.Waiting, attempts - 1, now + Within(after), reason),
            DeliveryAnswer.Failed(var reason, _) when attempts >= Max => new(DeliveryState.Dead, attempts, null, reason),
            DeliveryAnswer.Failed(var reason, var after) =>
                new(DeliveryState.Waiting, attempts, now + Longer(Wait(attempts, chance), after), reason),
            _ => throw new UnreachableException(),
        };

    /// <summary>What another side asks to wait, within what is granted: not below zero, not above a day.</summary>
    public static TimeSpan Within(TimeSpan asked) =>
        asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestAsked ? LongestAsked : asked;

    private static TimeSpan Longer(TimeSpan ours, TimeSpan? theirs) =>
        theirs is { } asked && Within(asked) > ours ? Within(asked) : ours;
}
