using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Merkle;

namespace Stk.Rules.Tests.Merkle;

public sealed class MerkleTreeTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void A_leaf_is_the_hash_of_zero_salt_and_document()
    {
        byte[] hashed = [0, .. Salt, .. "document"u8];

        Assert.Equal(SHA256.HashData(hashed), MerkleTree.Leaf(Salt, "document"u8));
        Assert.Throws<ArgumentException>(() => MerkleTree.Leaf(Salt.AsSpan(1), "document"u8));
    }

    [Fact]
    public void A_node_is_the_hash_of_one_and_both_and_one_without_neighbour_is_carried_up()
    {
        var leaves = Leaves(5);
        var (left, right) = (Node(Node(leaves[0], leaves[1]), Node(leaves[2], leaves[3])), leaves[4]);

        Assert.Equal(Node(left, right), MerkleTree.Root(leaves));
        Assert.Equal(leaves[0], MerkleTree.Root(leaves[..1]));
        Assert.Equal(SHA256.HashData([]), MerkleTree.Root([]));
    }

    // With blocks of which the last is full, has one leaf, or is not there.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(3333)]
    public void Each_leaf_climbs_to_the_root_through_its_block(int count)
    {
        var leaves = Leaves(count);
        var root = MerkleTree.Root(leaves);
        var blocks = MerkleTree.Blocks(leaves);

        Assert.Equal(root, MerkleTree.Root(blocks));
        for (var i = 0; i < count; i += count > 100 ? 97 : 1)
        {
            var (block, within) = Math.DivRem(i, MerkleTree.Block);
            var own = leaves[(block * MerkleTree.Block)..Math.Min((block + 1) * MerkleTree.Block, count)];
            MerkleStep[] path = [.. MerkleTree.Path(own, within), .. MerkleTree.Path(blocks, block)];

            Assert.Equal(MerkleTree.Path(leaves, i), path, (left, right) =>
                left.IsLeft == right.IsLeft && left.Hash.SequenceEqual(right.Hash));
            Assert.Equal(root, MerkleTree.Climb(leaves[i], path));
            Assert.NotEqual(root, MerkleTree.Climb(SHA256.HashData(leaves[i]), path));
        }
    }

    [Fact]
    public void There_is_no_path_of_a_leaf_that_is_not_there()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Path(Leaves(3), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Path(Leaves(3), -1));
    }

    [Fact]
    public void Salts_are_of_their_key_and_participant()
    {
        byte[] key = [.. Enumerable.Repeat((byte)7, LeafSalt.KeyLength)];
        byte[] other = [.. Enumerable.Repeat((byte)8, LeafSalt.KeyLength)];

        Assert.Equal(MerkleTree.SaltLength, LeafSalt.Of(key, 1).Length);
        Assert.Equal(LeafSalt.Of(key, 1), LeafSalt.Of(key, 1));
        Assert.NotEqual(LeafSalt.Of(key, 1), LeafSalt.Of(key, 2));
        Assert.NotEqual(LeafSalt.Of(key, 1), LeafSalt.Of(other, 1));
    }

    private static byte[][] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleTree.Leaf(Salt, Encoding.UTF8.GetBytes($"leaf {i}")))];

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
