namespace Stk.Rules.Deliveries;

/// <summary>How long is remembered what has become of a delivery. The notice itself stays in the inbox.</summary>
public static class DeliveryKeeping
{
    /// <summary>Of what was delivered, given up, or went as a part of another that is remembered no more.</summary>
    public static readonly TimeSpan OfEnded = TimeSpan.FromDays(30);

    /// <summary>Of what is dead: so long an operator can have it tried again.</summary>
    public static readonly TimeSpan OfDead = TimeSpan.FromDays(90);

    /// <summary>What has ended before these instants is dropped.</summary>
    /// <param name="now">By the host's clock, as the ends are.</param>
    public static (DateTimeOffset Ended, DateTimeOffset Dead) Borders(DateTimeOffset now) => (now - OfEnded, now - OfDead);
}
