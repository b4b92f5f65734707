using System.Collections.Immutable;

namespace Stk.Solana.Messages;

/// <summary>An instruction inside a message: accounts by their place in the message's list.</summary>
public sealed record CompiledInstruction(
    byte ProgramIndex, ImmutableArray<byte> AccountIndexes, ImmutableArray<byte> Data);
