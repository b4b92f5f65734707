using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Weeks;
using Stk.Ledger.Verify;
using Stk.Rules.Merkle;
using Stk.Rules.Participants;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Each root of a week from its leaves, and each leaf from its statement; leaves stand in the order of the export. The leaf
/// of somebody who is erased is taken as it is: it is over their id.
/// </summary>
internal sealed class AnchorsHoldTheirStatements : IInvariant
{
    private const string AnchorsSql = "SELECT week, salt_key, leaves, blocks, root FROM weeks.anchors ORDER BY week";

    private const string LeavesSql = """
        SELECT leaf.place, leaf.participant, leaf.hash, statement.document, person.id
        FROM weeks.anchor_leaves leaf
        LEFT JOIN LATERAL (
            SELECT document FROM weeks.statements
            WHERE participant = leaf.participant AND week = leaf.week OFFSET 0) statement ON TRUE
        LEFT JOIN LATERAL (
            SELECT id FROM activity.participants WHERE number = leaf.participant OFFSET 0) person ON TRUE
        WHERE leaf.week = $1 ORDER BY leaf.place
        """;

    // A statement of somebody with an id was in the export, and so is a leaf.
    private const string LeftOutSql = """
        SELECT anchor.week, statement.participant FROM weeks.anchors anchor
        JOIN weeks.statements statement USING (week)
        JOIN activity.participants person ON person.number = statement.participant
        WHERE NOT EXISTS (
            SELECT FROM weeks.anchor_leaves leaf
            WHERE leaf.week = anchor.week AND leaf.participant = statement.participant)
        """;

    public string Name => "I40";

    public string Statement => "Each week's root is that of its statements as they were first, in the order of its export.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var anchor in await Read(snapshot, cancellation))
        {
            await foreach (var violation in Check(snapshot, anchor, cancellation))
            {
                yield return violation;
            }
        }

        await using var command = new NpgsqlCommand(LeftOutSql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(
                "weeks.anchor_leaves", $"week {WeekId.OfNumber(row.GetInt32(0))}, participant {row.GetInt64(1)}",
                "the leaf of this statement", "none");
        }
    }

    private static async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, Anchor anchor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var leaves = new List<byte[]>();
        string? before = null;
        await using var command = new NpgsqlCommand(LeavesSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(anchor.Week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var (participant, hash) = (row.GetInt64(1), row.GetFieldValue<byte[]>(2));
            var where = $"week {anchor.Week}, participant {participant}";
            if (row.GetInt32(0) != leaves.Count)
            {
                yield return new("weeks.anchor_leaves", where, $"place {leaves.Count}", $"place {row.GetInt32(0)}");
            }

            leaves.Add(hash);
            if (row.TextOrNull(4) is not { } id)
            {
                continue;
            }

            if (before is not null && CodePointComparer.Instance.Compare(before, id) >= 0)
            {
                yield return new("weeks.anchor_leaves", where, "behind those whose ids are before it", "before one of them");
            }

            before = id;
            var expected = row.BytesOrNull(3) is { } document ? Leaf(anchor.SaltKey, participant, document, id) : null;
            if (expected != Convert.ToHexStringLower(hash))
            {
                yield return new(
                    "weeks.anchor_leaves", where, expected ?? "a statement", Convert.ToHexStringLower(hash));
            }
        }

        var blocks = MerkleTree.Blocks(leaves);
        if (leaves.Count != anchor.Leaves || !blocks.SelectMany(block => block).SequenceEqual(anchor.Blocks)
            || !MerkleTree.Root(blocks).SequenceEqual(anchor.Root))
        {
            yield return new(
                "weeks.anchors", $"week {anchor.Week}",
                $"{leaves.Count} leaves, root {Convert.ToHexStringLower(MerkleTree.Root(blocks))}, and the blocks under it",
                $"{anchor.Leaves} leaves, root {Convert.ToHexStringLower(anchor.Root)}");
        }
    }

    private static string Leaf(byte[] saltKey, long participant, byte[] document, string id)
    {
        try
        {
            return Convert.ToHexStringLower(WeekLeaf.Of(saltKey, participant, id, document));
        }
        catch (InvalidDataException altered)
        {
            return altered.Message;
        }
    }

    private static async Task<List<Anchor>> Read(Snapshot snapshot, CancellationToken cancellation)
    {
        var anchors = new List<Anchor>();
        await using var command = new NpgsqlCommand(AnchorsSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            anchors.Add(new(
                WeekId.OfNumber(row.GetInt32(0)), row.GetFieldValue<byte[]>(1), row.GetInt32(2),
                row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4)));
        }

        return anchors;
    }

    private sealed record Anchor(WeekId Week, byte[] SaltKey, int Leaves, byte[] Blocks, byte[] Root);
}
