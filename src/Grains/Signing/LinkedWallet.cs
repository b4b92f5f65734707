namespace Stk.Grains.Signing;

/// <summary>An open link of a wallet, as the signer hears of it.</summary>
/// <param name="Participant">The id, as the proof's text names it.</param>
/// <param name="Wallet">Base58.</param>
/// <param name="Proof">The link's, as its row has it: JSON.</param>
public sealed record LinkedWallet(string Participant, string Wallet, string Proof);
