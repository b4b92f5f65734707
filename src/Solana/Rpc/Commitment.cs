namespace Stk.Solana.Rpc;

/// <summary>How sure the network is of a block.</summary>
public enum Commitment
{
    /// <summary>One node has seen it. It may vanish.</summary>
    Processed = 1,

    /// <summary>Two thirds of the stake have voted for it. It has vanished before.</summary>
    Confirmed = 2,

    /// <summary>31 blocks of two thirds stand on it. What money waits for.</summary>
    Finalized = 3,
}
