using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Merkle;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Tables <c>weeks.anchors</c> and <c>weeks.anchor_leaves</c>. All SQL that touches them is in this file.</summary>
internal sealed class AnchorTable(NpgsqlDataSource database)
{
    private const string RootSql = "SELECT root FROM weeks.anchors WHERE week = $1";

    // Of two who make it at once one waits here, and then finds it made.
    private const string AddSql = """
        INSERT INTO weeks.anchors (week, salt_key, leaves, blocks, root, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    private const string CopySql = "COPY weeks.anchor_leaves (week, place, participant, hash) FROM STDIN (FORMAT BINARY)";

    private const string FindSql = """
        SELECT salt_key, blocks, root, place FROM weeks.anchors JOIN weeks.anchor_leaves USING (week)
        WHERE week = $1 AND participant = $2
        """;

    private const string BlockSql = """
        SELECT hash FROM weeks.anchor_leaves WHERE week = $1 AND place >= $2 AND place < $3 ORDER BY place
        """;

    /// <summary>Null before it is made.</summary>
    public async Task<byte[]?> FindRoot(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RootSql).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    /// <summary>Stores a week's tree, all or nothing; where it is there already nothing changes.</summary>
    public async Task Add(
        WeekId week, byte[] saltKey, IReadOnlyList<AnchorLeaf> leaves, DateTimeOffset at, CancellationToken cancellation)
    {
        var blocks = MerkleTree.Blocks(leaves.Select(leaf => leaf.Hash));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var add = new NpgsqlCommand(AddSql, connection, transaction)
            .With(week.Number).With(saltKey).With(leaves.Count).With(blocks.SelectMany(block => block).ToArray())
            .With(MerkleTree.Root(blocks)).With(at.UtcDateTime))
        {
            if (await add.ExecuteNonQueryAsync(cancellation) == 0)
            {
                return;
            }
        }

        await using (var copy = await connection.BeginBinaryImportAsync(CopySql, cancellation))
        {
            for (var place = 0; place < leaves.Count; place++)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(week.Number, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(place, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(leaves[place].Participant, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(leaves[place].Hash, NpgsqlDbType.Bytea, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A participant's leaf and its way to the root; null where there is none.</summary>
    public async Task<AnchoredLeaf?> Find(WeekId week, long participant, CancellationToken cancellation)
    {
        byte[] saltKey, root;
        ImmutableArray<byte[]> blocks;
        int place;
        await using (var command = database.CreateCommand(FindSql).With(week.Number).With(participant))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation))
            {
                return null;
            }

            saltKey = row.GetFieldValue<byte[]>(0);
            blocks = [.. row.GetFieldValue<byte[]>(1).Chunk(MerkleTree.HashLength)];
            root = row.GetFieldValue<byte[]>(2);
            place = row.GetInt32(3);
        }

        var (block, within) = Math.DivRem(place, MerkleTree.Block);
        var leaves = await ReadBlock(week, block, cancellation);
        return new(
            LeafSalt.Of(saltKey, participant),
            [.. MerkleTree.Path(leaves, within), .. MerkleTree.Path(blocks, block)],
            root);
    }

    private async Task<List<byte[]>> ReadBlock(WeekId week, int block, CancellationToken cancellation)
    {
        var leaves = new List<byte[]>(MerkleTree.Block);
        await using var command = database.CreateCommand(BlockSql)
            .With(week.Number).With(block * MerkleTree.Block).With((block + 1) * MerkleTree.Block);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            leaves.Add(row.GetFieldValue<byte[]>(0));
        }

        return leaves;
    }
}

/// <param name="Participant">The number.</param>
internal readonly record struct AnchorLeaf(long Participant, byte[] Hash);

/// <param name="Path">From the leaf to the root.</param>
internal sealed record AnchoredLeaf(byte[] Salt, ImmutableArray<MerkleStep> Path, byte[] Root);
