using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>A message and its signatures, one a signer in the message's order.</summary>
/// <param name="Signatures"><see cref="Keys.Signature.Missing"/> where someone has not signed yet.</param>
public sealed record Transaction(Message Message, ImmutableArray<Signature> Signatures)
{
    /// <summary>
    /// The longest transaction that the network carries: IPv6's smallest packet less headers. Unit: bytes.
    /// </summary>
    public const int PacketSize = 1_232;

    /// <summary>The fee payer's signature: the transaction's name on chain.</summary>
    public Signature Id => Signatures[0];

    /// <summary>Unit: bytes. The same before and after signing.</summary>
    public int Size => SizeOf(Message);

    /// <summary>The size of a transaction with this message, signed or not. Unit: bytes.</summary>
    public static int SizeOf(Message message) =>
        CompactArray.SizeOf(message.SignerCount) + (message.SignerCount * Keys.Signature.Length) + message.Size;

    /// <summary>Signs with all keys that the message asks for.</summary>
    /// <exception cref="ArgumentException">A key is missing, one is not asked for, or the packet is too small.</exception>
    public static Transaction Sign(Message message, params ReadOnlySpan<Account> signers)
    {
        var size = SizeOf(message);
        if (size > PacketSize)
        {
            throw new ArgumentException(
                $"The transaction takes {size} bytes, {size - PacketSize} more than a packet of {PacketSize}.",
                nameof(message));
        }

        var bytes = message.Serialize();
        var signatures = new Signature[message.SignerCount];
        foreach (var signer in signers)
        {
            var place = message.StaticKeys.IndexOf(signer.PublicKey, 0, message.SignerCount);
            if (place < 0)
            {
                throw new ArgumentException($"{signer.PublicKey} is not asked to sign.", nameof(signers));
            }

            signatures[place] = signer.Sign(bytes);
        }

        var missing = Array.IndexOf(signatures, Keys.Signature.Missing);
        return missing < 0
            ? new(message, [.. signatures])
            : throw new ArgumentException($"{message.StaticKeys[missing]} has not signed.", nameof(signers));
    }

    /// <summary>The verdict on each signature, in order.</summary>
    public ImmutableArray<SignatureVerdict> Verify()
    {
        var bytes = Message.Serialize();
        return
        [
            .. Signatures.Select((signature, place) =>
                SignatureCheck.Verify(Message.StaticKeys[place], bytes, signature)),
        ];
    }

    public byte[] Serialize()
    {
        var bytes = new byte[Size];
        var writer = new ByteWriter(bytes);
        writer.Count(Signatures.Length);
        foreach (var signature in Signatures)
        {
            signature.CopyTo(writer.Next(Keys.Signature.Length));
        }

        Message.Write(writer.Next(Message.Size));
        return bytes;
    }

    /// <exception cref="FormatException">The bytes are no transaction that the chain would take.</exception>
    public static Transaction Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var transaction, out var flaw)
            ? transaction
            : throw new FormatException($"Transaction: {flaw}.");

    /// <summary>
    /// Reads bytes to their end, or says what is wrong with them. Never throws, whatever the bytes. Signatures are
    /// not verified here.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Transaction? transaction,
        [NotNullWhen(false)] out string? flaw)
    {
        transaction = null;
        if (bytes.Length > PacketSize)
        {
            flaw = $"{bytes.Length} bytes, and a packet takes {PacketSize}";
            return false;
        }

        var reader = new ByteReader(bytes);
        var count = reader.Count(leastSize: Keys.Signature.Length);
        var signatures = ImmutableArray.CreateBuilder<Signature>(count);
        for (var place = 0; place < count; place++)
        {
            signatures.Add(reader.Signature());
        }

        flaw = reader.Flaw;
        if (flaw is not null || !Message.TryParse(bytes[reader.At..], out var message, out flaw))
        {
            return false;
        }

        if (count != message.SignerCount)
        {
            flaw = $"{count} signatures, and the message asks for {message.SignerCount}";
            return false;
        }

        transaction = new(message, signatures.MoveToImmutable());
        return true;
    }
}
