using System.Buffers.Binary;
using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>Keeps lists of addresses that v0 messages name by one byte each.</summary>
/// <remarks>docs.rs/solana-address-lookup-table-interface.</remarks>
public static class AddressLookupTableProgram
{
    public static readonly PublicKey ProgramId = PublicKey.Parse("AddressLookupTab1e1111111111111111111111111");

    /// <summary>Makes an empty table. A table can be used from the slot after the one that filled it.</summary>
    /// <param name="recentSlot">A recent slot; with the authority it gives the table its address.</param>
    public static (TransactionInstruction Instruction, PublicKey Table) CreateLookupTable(
        PublicKey authority, PublicKey payer, ulong recentSlot)
    {
        var slot = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(slot, recentSlot);
        var (table, bump) = ProgramAddress.Find(ProgramId, authority.ToArray(), slot);
        var instruction = new TransactionInstruction(
            ProgramId,
            [
                AccountMeta.Writable(table),
                AccountMeta.ReadOnly(authority, isSigner: true),
                AccountMeta.Writable(payer, isSigner: true),
                AccountMeta.ReadOnly(SystemProgram.ProgramId),
            ],
            new InstructionBytes(13).UInt32(0).UInt64(recentSlot).Byte(bump).ToImmutable());
        return (instruction, table);
    }

    public static TransactionInstruction ExtendLookupTable(
        PublicKey table, PublicKey authority, PublicKey payer, ImmutableArray<PublicKey> addresses)
    {
        var bytes = new InstructionBytes(12 + (addresses.Length * PublicKey.Length)).UInt32(2)
            .UInt64((ulong)addresses.Length);
        foreach (var address in addresses)
        {
            bytes = bytes.Key(address);
        }

        return new(
            ProgramId,
            [
                AccountMeta.Writable(table),
                AccountMeta.ReadOnly(authority, isSigner: true),
                AccountMeta.Writable(payer, isSigner: true),
                AccountMeta.ReadOnly(SystemProgram.ProgramId),
            ],
            bytes.ToImmutable());
    }
}
