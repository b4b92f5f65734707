using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>Says what a transaction may use and what it pays for being early.</summary>
public static class ComputeBudgetProgram
{
    /// <summary>The most that one transaction may use. Unit: compute units.</summary>
    public const uint MostUnits = 1_400_000;

    public static readonly PublicKey ProgramId = PublicKey.Parse("ComputeBudget111111111111111111111111111111");

    /// <param name="units">Unit: compute units, at most <see cref="MostUnits"/>.</param>
    public static TransactionInstruction SetComputeUnitLimit(uint units) =>
        new(ProgramId, [], new InstructionBytes(5).Byte(2).UInt32(units).ToImmutable());

    /// <param name="microLamports">Unit: micro-lamports a compute unit.</param>
    public static TransactionInstruction SetComputeUnitPrice(ulong microLamports) =>
        new(ProgramId, [], new InstructionBytes(9).Byte(3).UInt64(microLamports).ToImmutable());
}
