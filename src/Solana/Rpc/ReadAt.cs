namespace Stk.Solana.Rpc;

/// <summary>Which state a node is asked about.</summary>
/// <param name="Commitment">How sure it has to be.</param>
/// <param name="MinContextSlot">
/// A slot that has been seen already: a node that is not there yet refuses, instead of answering from the past.
/// </param>
public readonly record struct ReadAt(Commitment Commitment, ulong? MinContextSlot = null)
{
    public static readonly ReadAt Finalized = new(Commitment.Finalized);
    public static readonly ReadAt Confirmed = new(Commitment.Confirmed);
    public static readonly ReadAt Processed = new(Commitment.Processed);
}
