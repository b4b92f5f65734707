namespace Stk.Rules.Deliveries;

/// <summary>
/// How many may go now, at a steady rate: each takes its share of time, from the moment up to which all time is taken. What
/// was not used is lost after a second: a channel that was silent does not come all at once.
/// </summary>
/// <param name="PerSecond">Above 0.</param>
/// <param name="TakenTo">By the host's clock.</param>
public readonly record struct RateBudget(double PerSecond, DateTimeOffset TakenTo)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    /// <summary>How many may go at most, 0 or more.</summary>
    public int Free(DateTimeOffset now) =>
        now < TakenTo ? 0 : (int)Math.Floor((now - From(now)).TotalSeconds * PerSecond + 1e-6);

    /// <summary>What is left when so many have gone, of those that were free.</summary>
    public RateBudget Take(int count, DateTimeOffset now) => this with
    {
        TakenTo = From(now) + TimeSpan.FromSeconds(count / PerSecond),
    };

    /// <summary>Nothing goes for so long.</summary>
    public RateBudget Rest(TimeSpan length, DateTimeOffset now) =>
        this with { TakenTo = now + length > TakenTo ? now + length : TakenTo };

    // Never less than one share: a rate below one a second is one, too.
    private DateTimeOffset From(DateTimeOffset now)
    {
        var share = TimeSpan.FromSeconds(1 / PerSecond);
        var earliest = now - (share > Kept ? share : Kept);
        return TakenTo > earliest ? TakenTo : earliest;
    }
}
