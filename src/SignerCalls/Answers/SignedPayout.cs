namespace Stk.SignerCalls.Answers;

/// <summary>A payout as the signer's file has it.</summary>
/// <param name="Wallet">Base58.</param>
/// <param name="AmountMicro">Unit: micro-STK.</param>
public sealed record SignedPayout(Guid Id, string Participant, string Wallet, ulong AmountMicro, bool NeedsAccount);
