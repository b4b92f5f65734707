namespace Stk.Settlement.Looks;

/// <summary>What a look at one node has come to.</summary>
public enum NodeSays
{
    /// <summary>No answer to one of the questions.</summary>
    Nothing = 1,

    /// <summary>It follows another chain than ours.</summary>
    OtherChain,

    /// <summary>Nothing of ours is seen, and it can still land.</summary>
    NotYet,

    /// <summary>A signature of ours is there, and is not final.</summary>
    Seen,

    /// <summary>A transaction of ours is final, as a success or a failure.</summary>
    Landed,

    /// <summary>Nothing of ours is there, nothing can come, and the node is fit to say so.</summary>
    Absent,

    /// <summary>Nothing of ours is there and nothing can come, and the node is not fit to say so.</summary>
    Unproved,

    /// <summary>It contradicts itself, or what was proved before.</summary>
    Contradiction,
}
