namespace Stk.Rules.Deliveries;

/// <summary>Where a delivery stands. Stored: add at the end, never renumber.</summary>
public enum DeliveryState : short
{
    /// <summary>It has not come to an end: not due, or to be tried again, or under way.</summary>
    Waiting = 1,

    Delivered = 2,

    /// <summary>Tried as often as it is tried, or refused for good. An operator can have it tried again.</summary>
    Dead = 3,

    /// <summary>Never sent, because it was of no use any more.</summary>
    GivenUp = 4,

    /// <summary>It went as a part of another, a digest.</summary>
    Gathered = 5,
}
