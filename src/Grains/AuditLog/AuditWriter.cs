using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Signing;
using Stk.Ledger.Writer;

namespace Stk.Grains.AuditLog;

/// <summary>
/// Appends signed entries to the log, in the write that does what they say. The head is read without a lock and looked at
/// again by the write itself: so no silo that stands still holds up the others, and one that was overtaken begins again.
/// </summary>
internal sealed class AuditWriter(AuditTable table, ChainSigner signer) : ICommitLog, IDisposable
{
    /// <summary>Only another silo can have been first.</summary>
    private const int TriesMax = 50;

    // One write of this silo after the other: they would only overtake each other.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes a write that ends with the entry.</summary>
    /// <param name="write">
    /// Writes, in one database transaction, with the command given as its last. Asked again where the log went on meanwhile:
    /// then nothing was written.
    /// </param>
    public async Task<bool> Write(AuditEntry entry, Func<NpgsqlBatchCommand, Task<bool>> write)
    {
        await _turn.WaitAsync();
        try
        {
            for (var number = 1; ; number++)
            {
                var head = await table.Head();
                try
                {
                    return await write(AuditTable.Append(AuditChain.Link(head, entry, signer)));
                }
                catch (PostgresException moved) when (moved.SqlState == AuditTable.HeadMoved && number < TriesMax)
                {
                    // Nothing was written.
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public bool Holds(IEffect effect) => effect is IAuditedEffect;

    public NpgsqlBatchCommand ReadHead() => AuditTable.ReadHead();

    public Task<ChainHead> Head(NpgsqlDataReader reader, CancellationToken cancellation) =>
        AuditTable.Head(reader, cancellation);

    public void AddCommands(NpgsqlBatch writes, ChainHead head, IReadOnlyList<PostedEffect> posted)
    {
        foreach (var (effect, context) in posted)
        {
            var link = AuditChain.Link(head, ((IAuditedEffect)effect).Entry(context), signer);
            writes.BatchCommands.Add(AuditTable.Append(link));
            head = new(link.Sequence, link.Hash);
        }
    }

    public void Dispose() => _turn.Dispose();
}
