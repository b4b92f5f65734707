namespace Stk.Solana.Rpc;

/// <summary>How a transaction is handed over.</summary>
/// <param name="PreflightCommitment">
/// The state of the trial run. Not above the commitment at which the blockhash was read, or the node does not know it.
/// </param>
/// <param name="MinContextSlot">The slot at which the blockhash was read: a node behind it refuses at once.</param>
/// <param name="SkipPreflight">Sent without a trial run: what cannot land is dropped without a word.</param>
/// <param name="NodeRetries">How often the node sends again by itself. 0: only we do, and know when.</param>
public sealed record SendOptions(
    Commitment PreflightCommitment = Commitment.Confirmed,
    ulong? MinContextSlot = null,
    bool SkipPreflight = false,
    int NodeRetries = 0);
