using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Walks the chain of the audit log, as the silos make it; here a second time, so that neither is trusted alone. Each
/// text is there, and is the one that was written.
/// </summary>
/// <param name="keys">By which its signatures are checked; null where they are not looked at.</param>
internal sealed class AuditLogIsWhole(SigningPublicKeys? keys) : IInvariant
{
    private const string EntriesSql = """
        SELECT entry.sequence, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.by, entry.action, entry.text_hash,
            entry.hash,
            texts.salt, texts.subject, texts.before, texts.after, texts.reason, entry.signature
        FROM audit.entries entry LEFT JOIN audit.texts USING (sequence) ORDER BY entry.sequence
        """;

    private const string HeadSql = "SELECT sequence, hash FROM audit.head";

    public string Name => "I17";

    public string Statement => "The log of what operators did is whole, without gaps, chained by hash to its head, and signed by the silos.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (sequence, hash) = (0L, new byte[SHA256.HashSizeInBytes]);
        var signatures = keys is null
            ? null
            : await SignatureWalk.Begin(keys, SignedChain.OperatorsLog, snapshot.Connection, cancellation);
        await using (var command = new NpgsqlCommand(EntriesSql, snapshot.Connection) { CommandTimeout = 0 })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                sequence++;
                var place = string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}");
                if (row.GetInt64(0) != sequence)
                {
                    yield return new("audit.entries", place, "an entry", "none");
                    yield break;
                }

                if (row.IsDBNull(6))
                {
                    // Nothing erases by now: whoever brings that keeps a row of what was erased.
                    yield return new("audit.texts", place, "the text that was written", "none");
                }
                else if (!TextHash(row).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(4)))
                {
                    yield return new("audit.texts", place, "the text that was written", "another one");
                }

                hash = Hash(hash, row);
                if (!hash.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(5)))
                {
                    yield return new(
                        "audit.entries", place, $"hash {Convert.ToHexStringLower(hash)}",
                        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(5)));
                    yield break;
                }

                signatures?.Take(sequence, new Digest(hash), row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11));
            }
        }

        signatures?.End();
        if (signatures?.Fault is { } fault)
        {
            yield return new("audit.entries", fault.Row, fault.Expected, fault.Found);
        }

        await using var read = new NpgsqlCommand(HeadSql, snapshot.Connection);
        await using var head = await read.ExecuteReaderAsync(cancellation);
        if (!await head.ReadAsync(cancellation) || head.GetInt64(0) != sequence
            || !head.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(hash))
        {
            yield return new(
                "audit.head", "its row",
                string.Create(CultureInfo.InvariantCulture, $"{sequence}:{Convert.ToHexStringLower(hash)}"), "another");
        }
    }

    private static byte[] TextHash(NpgsqlDataReader row)
    {
        using var bytes = new MemoryStream();
        bytes.Write(row.GetFieldValue<byte[]>(6));
        for (var column = 7; column <= 10; column++)
        {
            Write(bytes, row.TextOrNull(column));
        }

        return SHA256.HashData(bytes.ToArray());
    }

    private static byte[] Hash(byte[] before, NpgsqlDataReader row)
    {
        using var bytes = new MemoryStream();
        bytes.Write(before);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, row.GetInt64(0));
        bytes.Write(number);
        BinaryPrimitives.WriteInt64BigEndian(number, row.GetInt64(1));
        bytes.Write(number);
        Write(bytes, row.GetString(2));
        Write(bytes, row.GetString(3));
        bytes.Write(row.GetFieldValue<byte[]>(4));
        return SHA256.HashData(bytes.ToArray());
    }

    private static void Write(MemoryStream bytes, string? text)
    {
        var utf8 = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : utf8.Length);
        bytes.Write(length);
        bytes.Write(utf8);
    }
}
