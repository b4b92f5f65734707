using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>A durable nonce to be used up by one transaction.</summary>
/// <param name="Account">The nonce account.</param>
/// <param name="Authority">Who may advance it; signs.</param>
/// <param name="Value">The value that stands in the account now; it takes the blockhash's place.</param>
public sealed record NonceInfo(PublicKey Account, PublicKey Authority, Blockhash Value);
