using System.Security.Cryptography;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Verify;

/// <summary>
/// Holds the effect tables against the journal: both ordered by transaction id, side by side. Throws
/// <see cref="JournalFaultException"/> at the first transaction whose effects are not those it was posted with.
/// </summary>
internal sealed class EffectWalk(IReadOnlyList<IEffectCheck> checks)
{
    private const string TransactionsSql = """
        SELECT id, effects_hash, sequence, position FROM ledger.transactions WHERE effects_hash IS NOT NULL ORDER BY id
        """;

    /// <summary>Stored effects that were read.</summary>
    public long Effects { get; private set; }

    public async Task Run(Snapshot snapshot, CancellationToken cancellation)
    {
        var tables = new List<EffectStream>();
        try
        {
            // One for all: a connection a kind would be more with each kind that comes.
            var connection = await snapshot.Open(cancellation);
            foreach (var check in checks)
            {
                tables.Add(new(check, check.Read(connection, cancellation)));
                await tables[^1].Take();
            }

            await using var transactions = await RowStream<Posted>.Open(
                snapshot, TransactionsSql, Posted.Of, cancellation);
            await Walk(transactions, tables, cancellation);
        }
        finally
        {
            foreach (var table in tables)
            {
                await table.DisposeAsync();
            }
        }
    }

    private async Task Walk(
        RowStream<Posted> transactions, List<EffectStream> tables, CancellationToken cancellation)
    {
        for (; transactions.Next is { } posted; await transactions.Take(cancellation))
        {
            var found = new List<(EffectKind Kind, Digest Content)>();
            var foundIn = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var table in tables)
            {
                // Nothing may stand before it: that transaction has no effects, or is not in the journal.
                Surplus(table, isBefore: posted.Id);
                for (; table.Next is { } effect && effect.TransactionId == posted.Id; await table.Take())
                {
                    found.Add((table.Kind, new(SHA256.HashData(effect.CanonicalBytes.Span))));
                    foundIn.Add(table.Name);
                    Effects++;
                }
            }

            if (CanonicalBytes.EffectsHash(found) != posted.EffectsHash)
            {
                throw new JournalFaultException(new(
                    VerifyAspect.Effects,
                    found.Count == 0 ? "effects" : string.Join(", ", foundIn),
                    $"transaction {posted.Id} (sequence {posted.Sequence}, position {posted.Position})",
                    $"effects of hash {posted.EffectsHash}, as it was posted",
                    found.Count == 0 ? "none" : $"{found.Count} of another hash"));
            }
        }

        foreach (var table in tables)
        {
            Surplus(table, isBefore: null);
        }
    }

    private static void Surplus(EffectStream table, Guid? isBefore)
    {
        if (table.Next is { } effect
            && (isBefore is not { } id || Compare(effect.TransactionId, id) < 0))
        {
            throw new JournalFaultException(new(
                VerifyAspect.Effects, table.Name, $"transaction {effect.TransactionId}", "no effect: none was posted with it", "one"));
        }
    }

    // Bytewise, as PostgreSQL does.
    private static int Compare(Guid left, Guid right) =>
        left.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(right.ToByteArray(bigEndian: true));

    private sealed record Posted(Guid Id, Digest EffectsHash, long Sequence, int Position)
    {
        public static Posted Of(NpgsqlDataReader row) => new(
            row.GetGuid(0), new(row.GetFieldValue<byte[]>(1)), row.GetInt64(2), row.GetInt32(3));
    }

    private sealed class EffectStream(IEffectCheck check, IAsyncEnumerable<StoredEffect> rows) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<StoredEffect> _rows = rows.GetAsyncEnumerator();

        public EffectKind Kind => check.Kind;

        public string Name => check.Table;

        public StoredEffect? Next { get; private set; }

        public async Task Take()
        {
            var before = Next;
            Next = await _rows.MoveNextAsync() ? _rows.Current : null;
            if (before is { } last && Next is { } next && Compare(last.TransactionId, next.TransactionId) > 0)
            {
                throw new InvalidOperationException(
                    $"{Name} is not ordered by transaction id: {last.TransactionId} stands before {next.TransactionId}");
            }
        }

        public ValueTask DisposeAsync() => _rows.DisposeAsync();
    }
}
