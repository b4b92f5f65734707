namespace Stk.Rules.Deliveries;

/// <summary>
/// What an attempt to tell somebody has come to. A closed set. Reasons are codes: <see cref="DeliveryReasons"/>.
/// </summary>
public abstract record DeliveryAnswer
{
    private DeliveryAnswer() { }

    /// <summary>The other side has it.</summary>
    public sealed record Delivered : DeliveryAnswer;

    /// <summary>It may go better later.</summary>
    /// <param name="After">What the other side asked to wait; null where it asked nothing.</param>
    public sealed record Failed(string Reason, TimeSpan? After = null) : DeliveryAnswer;

    /// <summary>The whole channel is asked to wait: nothing is said of this one, and it was no attempt.</summary>
    public sealed record ChannelBusy(string Reason, TimeSpan After) : DeliveryAnswer;

    /// <summary>It will not go better: nobody is there, or wants it.</summary>
    public sealed record Refused(string Reason) : DeliveryAnswer;
}
