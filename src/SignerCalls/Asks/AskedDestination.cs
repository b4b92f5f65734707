namespace Stk.SignerCalls.Asks;

/// <summary>A wallet that was linked: the signer's own wait begins when it hears of it first.</summary>
/// <param name="Participant">The id, as the proof's text names it.</param>
/// <param name="Wallet">Base58.</param>
/// <param name="Proof">The link's, as its row has it.</param>
public sealed record AskedDestination(string Participant, string Wallet, string Proof);
