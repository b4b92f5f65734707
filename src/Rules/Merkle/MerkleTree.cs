using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Stk.Rules.Merkle;

/// <summary>
/// A tree of SHA-256 over ordered leaves, whose root stands for all of them. A leaf is SHA-256(0x00, salt, document), a node
/// SHA-256(0x01, left, right), and a node without a neighbour is carried up as it is: the tree of RFC 6962, section 2.1,
/// with a salt before each document, so that a neighbour's hash in a path says nothing of its document.
/// </summary>
public static class MerkleTree
{
    public const int SaltLength = 16;

    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Leaves of a block: a whole number of levels, so that a block's root is a node of the tree.</summary>
    public const int Block = 1 << BlockLevels;

    private const int BlockLevels = 10;

    /// <param name="salt">16 bytes that nobody guesses.</param>
    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static byte[] Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> document)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"it has {salt.Length} bytes, and must have {SaltLength}", nameof(salt));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(salt);
        hash.AppendData(document);
        return hash.GetHashAndReset();
    }

    /// <summary>The root over roots of blocks, or over leaves; that of none is SHA-256 of nothing.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> nodes)
    {
        if (nodes.Count == 0)
        {
            return SHA256.HashData([]);
        }

        var level = nodes;
        while (level.Count > 1)
        {
            level = Above(level);
        }

        return level[0];
    }

    /// <summary>The roots of the blocks, in their order.</summary>
    public static ImmutableArray<byte[]> Blocks(IEnumerable<byte[]> leaves) => [.. leaves.Chunk(Block).Select(Root)];

    /// <summary>What a node is hashed with on its way up to the root of these nodes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public static ImmutableArray<MerkleStep> Path(IReadOnlyList<byte[]> nodes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, nodes.Count);
        var path = ImmutableArray.CreateBuilder<MerkleStep>();
        for (var level = nodes; level.Count > 1; level = Above(level), index /= 2)
        {
            var neighbour = index ^ 1;
            if (neighbour < level.Count)
            {
                path.Add(new(neighbour < index, level[neighbour]));
            }
        }

        return path.DrainToImmutable();
    }

    /// <summary>The root that a leaf and its path come to.</summary>
    public static byte[] Climb(byte[] leaf, IEnumerable<MerkleStep> path) =>
        path.Aggregate(leaf, (node, step) => step.IsLeft ? Node(step.Hash, node) : Node(node, step.Hash));

    private static List<byte[]> Above(IReadOnlyList<byte[]> level)
    {
        var above = new List<byte[]>((level.Count + 1) / 2);
        for (var i = 0; i < level.Count; i += 2)
        {
            above.Add(i + 1 < level.Count ? Node(level[i], level[i + 1]) : level[i]);
        }

        return above;
    }

    private static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x01]);
        hash.AppendData(left);
        hash.AppendData(right);
        return hash.GetHashAndReset();
    }
}

/// <param name="IsLeft">The neighbour stands on the left.</param>
public readonly record struct MerkleStep(bool IsLeft, byte[] Hash);
