using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>One call of a program.</summary>
/// <param name="ProgramId">The program that runs.</param>
/// <param name="Keys">Its accounts, in the order that the program defines.</param>
/// <param name="Data">Its arguments, in the program's own form.</param>
public sealed record TransactionInstruction(
    PublicKey ProgramId, ImmutableArray<AccountMeta> Keys, ImmutableArray<byte> Data)
{
    /// <summary>
    /// This instruction with a key more, read-only and unused by the program, so that the transaction can be found by
    /// it: <c>reference</c> of Solana Pay.
    /// </summary>
    public TransactionInstruction WithReference(PublicKey reference) =>
        this with { Keys = Keys.Add(AccountMeta.ReadOnly(reference)) };
}
