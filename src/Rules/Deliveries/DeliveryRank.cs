namespace Stk.Rules.Deliveries;

/// <summary>Of what is due on a channel, the lower goes first. Stored.</summary>
public enum DeliveryRank : short
{
    /// <summary>It is of use today alone.</summary>
    Urgent = 0,

    Ordinary = 1,

    /// <summary>What everybody gets at once: it goes after everything else.</summary>
    Weekly = 2,
}
