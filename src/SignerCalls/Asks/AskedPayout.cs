namespace Stk.SignerCalls.Asks;

/// <summary>One payout of a batch, with what shows that its destination is the participant's.</summary>
/// <param name="Participant">The id, as the proof's text names it.</param>
/// <param name="Wallet">Base58.</param>
/// <param name="AmountMicro">Unit: micro-STK.</param>
/// <param name="NeedsAccount">Whether the batch makes the wallet's token account before it pays.</param>
/// <param name="Proof">The link's, as its row has it: the JSON of <see cref="Solana.SignIn.LinkProof"/>.</param>
public sealed record AskedPayout(
    Guid Id, string Participant, string Wallet, ulong AmountMicro, bool NeedsAccount, string Proof);
