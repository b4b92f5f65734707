using System.Collections.Immutable;
using Stk.SignerCalls.Asks;

namespace Stk.SignerCalls.Answers;

/// <summary>One signature, as the signer's file has it.</summary>
/// <param name="Number">Its place among all that was signed, from 1.</param>
/// <param name="Payouts">In the order of their instructions; empty for a memo.</param>
/// <param name="Memo">Null for a batch.</param>
/// <param name="Transaction">What was signed, with its signature.</param>
/// <param name="Signature">Base58.</param>
/// <param name="LastValidHeight">The last block that takes it. Unit: blocks.</param>
/// <param name="SignedSlot">Final before it was signed.</param>
/// <param name="Node">Of the signer's, whose blockhash it has.</param>
/// <param name="Head">The ledger's, by the word of who asked.</param>
/// <param name="At">By the signer's clock.</param>
public sealed record SignedAct(
    long Number,
    Guid Act,
    int Attempt,
    ImmutableArray<SignedPayout> Payouts,
    string? Memo,
    byte[] Transaction,
    string Signature,
    string Blockhash,
    ulong LastValidHeight,
    ulong SignedSlot,
    string Node,
    LedgerHead Head,
    DateTimeOffset At);
