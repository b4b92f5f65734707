namespace Stk.Rules.Pulls;

/// <summary>How long a source is left alone.</summary>
public static class PullPauses
{
    /// <summary>After the first failure, at most.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>After many.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>No request of the source's to be left alone is followed for longer.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>
    /// After a pull that failed: twice as long each time, up to 15 minutes, of which up to a half is left out by chance, so
    /// that many who failed together do not come again together. Never shorter than the source has asked for.
    /// </summary>
    /// <param name="failures">In a row; at least 1.</param>
    /// <param name="chance">0 to 1,000.</param>
    /// <param name="asked">What the source has asked for; null where it has not.</param>
    public static TimeSpan AfterFailure(int failures, int chance, TimeSpan? asked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(chance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chance, 1_000);
        var doublings = Math.Min(failures - 1, 10);
        var whole = Math.Min(Shortest.Ticks << doublings, Longest.Ticks);
        var pause = TimeSpan.FromTicks((whole / 2) + (whole / 2 * chance / 1_000));
        var wanted = asked is { } said && said > LongestAsked ? LongestAsked : asked;
        return wanted is { } longer && longer > pause ? longer : pause;
    }

    /// <summary>Before the next request.</summary>
    /// <param name="last">When the one before was sent; null: none.</param>
    /// <param name="perMinute">Requests, at least 1.</param>
    public static TimeSpan BeforeRequest(DateTimeOffset? last, DateTimeOffset now, int perMinute)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        var between = TimeSpan.FromTicks((TimeSpan.TicksPerMinute + perMinute - 1) / perMinute);
        return last is { } sent && now < sent + between ? sent + between - now : TimeSpan.Zero;
    }
}
