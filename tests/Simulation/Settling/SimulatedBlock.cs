using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Simulation.Settling;

/// <param name="Height">Unit: blocks.</param>
internal sealed record SimulatedBlock(ulong Slot, ulong Height, Blockhash Hash, List<SimulatedLanding> Landed);

/// <param name="Made">Token accounts that it has made.</param>
internal sealed record SimulatedLanding(
    Transaction Transaction, LandedTransaction Shown, List<(PublicKey From, PublicKey To, ulong Amount)> Moves,
    List<PublicKey> Made)
{
    public Signature Signature => Transaction.Id;
}
