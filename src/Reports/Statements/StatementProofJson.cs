using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Merkle;

namespace Stk.Reports.Statements;

/// <summary>
/// What shows that a statement is one of those that a week's root stands for:
/// <c>{statement, salt, path: [{side, hash}], root, signature, slot}</c>, salt and hashes in hex, <c>side</c> that of the
/// neighbour. The leaf is over the statement's canonical form (<see cref="CanonicalJson"/>).
/// </summary>
public static class StatementProofJson
{
    /// <param name="statement">As it was first, as it is shown.</param>
    /// <param name="path">From the leaf to the root.</param>
    /// <param name="signature">Base58: of the week's memo on the chain; null while none has landed.</param>
    /// <param name="slot">In which it is there; null while it is not, or where no node shows it any more.</param>
    public static byte[] Write(
        byte[] statement, byte[] salt, ImmutableArray<MerkleStep> path, byte[] root, string? signature, long? slot)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WritePropertyName("statement");
            json.WriteRawValue(statement);
            json.WriteString("salt", Convert.ToHexStringLower(salt));
            json.WriteStartArray("path");
            foreach (var step in path)
            {
                json.WriteStartObject();
                json.WriteString("side", step.IsLeft ? "left" : "right");
                json.WriteString("hash", Convert.ToHexStringLower(step.Hash));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("root", Convert.ToHexStringLower(root));
            json.WriteString("signature", signature);
            if (slot is { } landed)
            {
                json.WriteNumber("slot", landed);
            }
            else
            {
                json.WriteNull("slot");
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The leaf of a statement, as it was first and as it is shown.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> statement) =>
        MerkleTree.Leaf(salt, CanonicalJson.Of(statement));
}
