using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>
/// What is signed: accounts, a recent blockhash, instructions. Accounts stand in the order signers that may be
/// written, other signers, others that may be written, the rest; the first one pays the fee.
/// </summary>
/// <remarks>solana.com/docs/core/transactions; the same checks as <c>sanitize</c> of the runtime.</remarks>
public sealed record Message
{
    /// <summary>Most accounts, those from tables included: an instruction names each by one byte.</summary>
    public const int MostAccounts = 256;

    private const byte VersionFlag = 0x80;
    private const int HeaderSize = 3;

    internal Message()
    {
    }

    public required MessageVersion Version { get; init; }

    public required int SignerCount { get; init; }

    public required int ReadonlySignerCount { get; init; }

    public required int ReadonlyOtherCount { get; init; }

    /// <summary>The accounts that stand in the message itself.</summary>
    public required ImmutableArray<PublicKey> StaticKeys { get; init; }

    /// <summary>A recent blockhash, or the nonce that stands in its place.</summary>
    public required Blockhash Lifetime { get; init; }

    public required ImmutableArray<CompiledInstruction> Instructions { get; init; }

    /// <summary>Empty in a legacy message.</summary>
    public required ImmutableArray<AddressTableLookup> Lookups { get; init; }

    public PublicKey FeePayer => StaticKeys[0];

    /// <summary>Who has to sign, in the order of their signatures.</summary>
    public ImmutableArray<PublicKey> Signers => StaticKeys[..SignerCount];

    /// <summary>Unit: bytes.</summary>
    public int Size
    {
        get
        {
            var size = HeaderSize + CompactArray.SizeOf(StaticKeys.Length) + (StaticKeys.Length * PublicKey.Length)
                + Blockhash.Length + CompactArray.SizeOf(Instructions.Length);
            foreach (var instruction in Instructions)
            {
                size += 1 + CompactArray.SizeOf(instruction.AccountIndexes.Length) + instruction.AccountIndexes.Length
                    + CompactArray.SizeOf(instruction.Data.Length) + instruction.Data.Length;
            }

            return Version == MessageVersion.Legacy ? size : size + 1 + LookupsSize();
        }
    }

    public byte[] Serialize()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    internal void Write(Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        if (Version == MessageVersion.V0)
        {
            writer.Byte(VersionFlag);
        }

        writer.Byte((byte)SignerCount);
        writer.Byte((byte)ReadonlySignerCount);
        writer.Byte((byte)ReadonlyOtherCount);
        writer.Count(StaticKeys.Length);
        foreach (var key in StaticKeys)
        {
            key.CopyTo(writer.Next(PublicKey.Length));
        }

        Lifetime.CopyTo(writer.Next(Blockhash.Length));
        writer.Count(Instructions.Length);
        foreach (var instruction in Instructions)
        {
            writer.Byte(instruction.ProgramIndex);
            writer.Array(instruction.AccountIndexes.AsSpan());
            writer.Array(instruction.Data.AsSpan());
        }

        if (Version == MessageVersion.V0)
        {
            writer.Count(Lookups.Length);
            foreach (var lookup in Lookups)
            {
                lookup.Table.CopyTo(writer.Next(PublicKey.Length));
                writer.Array(lookup.WritableIndexes.AsSpan());
                writer.Array(lookup.ReadonlyIndexes.AsSpan());
            }
        }
    }

    /// <exception cref="FormatException">The bytes are no message that the chain would take.</exception>
    public static Message Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var message, out var flaw) ? message : throw new FormatException($"Message: {flaw}.");

    /// <summary>Reads bytes to their end, or says what is wrong with them. Never throws, whatever the bytes.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Message? message,
        [NotNullWhen(false)] out string? flaw)
    {
        message = null;
        if (bytes.Length > Transaction.PacketSize)
        {
            flaw = $"{bytes.Length} bytes, and a packet takes {Transaction.PacketSize}";
            return false;
        }

        var reader = new ByteReader(bytes);
        var version = MessageVersion.Legacy;
        if (!bytes.IsEmpty && (bytes[0] & VersionFlag) != 0)
        {
            if (reader.Byte() != VersionFlag)
            {
                flaw = $"version {bytes[0] & ~VersionFlag} is not known here, only legacy and 0 are";
                return false;
            }

            version = MessageVersion.V0;
        }

        var parsed = new Message
        {
            Version = version,
            SignerCount = reader.Byte(),
            ReadonlySignerCount = reader.Byte(),
            ReadonlyOtherCount = reader.Byte(),
            StaticKeys = reader.Keys(),
            Lifetime = reader.Hash(),
            Instructions = ReadInstructions(ref reader),
            Lookups = version == MessageVersion.V0 ? ReadLookups(ref reader) : [],
        };
        flaw = reader.Flaw ?? (reader.IsAtEnd ? parsed.Objection() : $"{reader.Left} bytes follow the message");
        message = flaw is null ? parsed : null;
        return flaw is null;
    }

    /// <summary>Why the chain would not take this message; null where it would.</summary>
    internal string? Objection()
    {
        if (SignerCount == 0)
        {
            return "nobody signs it";
        }

        if (ReadonlySignerCount >= SignerCount)
        {
            return "the first account pays the fee, and all signers are read-only";
        }

        if (SignerCount + ReadonlyOtherCount > StaticKeys.Length)
        {
            return $"the header counts {SignerCount + ReadonlyOtherCount} accounts, and there are {StaticKeys.Length}";
        }

        var loaded = 0;
        foreach (var lookup in Lookups)
        {
            if (lookup.WritableIndexes.Length + lookup.ReadonlyIndexes.Length == 0)
            {
                return $"nothing is taken from lookup table {lookup.Table}";
            }

            loaded += lookup.WritableIndexes.Length + lookup.ReadonlyIndexes.Length;
        }

        var accounts = StaticKeys.Length + loaded;
        if (accounts > MostAccounts)
        {
            return $"{accounts} accounts, and {MostAccounts} are the most";
        }

        for (var place = 0; place < Instructions.Length; place++)
        {
            if (Objection(Instructions[place], accounts) is { } objection)
            {
                return $"instruction {place} {objection}";
            }
        }

        return new HashSet<PublicKey>(StaticKeys).Count == StaticKeys.Length ? null : "an account is listed twice";
    }

    private string? Objection(CompiledInstruction instruction, int accounts)
    {
        if (instruction.ProgramIndex == 0)
        {
            return "calls the fee payer as a program";
        }

        if (instruction.ProgramIndex >= StaticKeys.Length)
        {
            return $"calls program {instruction.ProgramIndex}, and {StaticKeys.Length} accounts stand in the message";
        }

        foreach (var index in instruction.AccountIndexes)
        {
            if (index >= accounts)
            {
                return $"names account {index} of {accounts}";
            }
        }

        return null;
    }

    private int LookupsSize()
    {
        var size = CompactArray.SizeOf(Lookups.Length);
        foreach (var lookup in Lookups)
        {
            size += PublicKey.Length
                + CompactArray.SizeOf(lookup.WritableIndexes.Length) + lookup.WritableIndexes.Length
                + CompactArray.SizeOf(lookup.ReadonlyIndexes.Length) + lookup.ReadonlyIndexes.Length;
        }

        return size;
    }

    private static ImmutableArray<CompiledInstruction> ReadInstructions(ref ByteReader reader)
    {
        // Program, number of accounts, number of data bytes: no instruction is shorter.
        var count = reader.Count(leastSize: 3);
        var instructions = ImmutableArray.CreateBuilder<CompiledInstruction>(count);
        for (var place = 0; place < count; place++)
        {
            instructions.Add(new(reader.Byte(), reader.Array(), reader.Array()));
        }

        return instructions.MoveToImmutable();
    }

    private static ImmutableArray<AddressTableLookup> ReadLookups(ref ByteReader reader)
    {
        var count = reader.Count(leastSize: PublicKey.Length + 2);
        var lookups = ImmutableArray.CreateBuilder<AddressTableLookup>(count);
        for (var place = 0; place < count; place++)
        {
            lookups.Add(new(reader.Key(), reader.Array(), reader.Array()));
        }

        return lookups.MoveToImmutable();
    }
}
