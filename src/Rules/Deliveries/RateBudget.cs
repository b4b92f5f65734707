namespace Stk.Rules.Deliveries;

/// <summary>
/// How many may go now, at a steady rate: each takes its share of time, from the moment up to which all time is taken.
/// Of what was not used, a second's worth is kept: a channel that was silent does not come all at once.
/// </summary>
/// <param name="Share">The time of one, above zero.</param>
/// <param name="TakenTo">By the host's clock.</param>
public readonly record struct RateBudget(TimeSpan Share, DateTimeOffset TakenTo)
{
    /// <summary>How many may go at most, 0 or more.</summary>
    public int Free(DateTimeOffset now) =>
        now < TakenTo ? 0 : (int)((now - From(now)).Ticks / Share.Ticks);

    /// <summary>What is left when so many have gone, of those that were free.</summary>
    public RateBudget Take(int count, DateTimeOffset now) => this with { TakenTo = From(now) + count * Share };

    /// <summary>Nothing goes for so long.</summary>
    public RateBudget Rest(TimeSpan length, DateTimeOffset now) =>
        this with { TakenTo = now + length > TakenTo ? now + length : TakenTo };

    // A second's worth is whole shares, at least one: a rate below one a second is one, too. What is only a part of the next
    // share is never cut off: whoever asks more often than a share takes would lose a part of it each time.
    private DateTimeOffset From(DateTimeOffset now)
    {
        var kept = Math.Max(1, TimeSpan.TicksPerSecond / Share.Ticks) * Share;
        return now - TakenTo < kept + Share ? TakenTo : now - kept;
    }
}
