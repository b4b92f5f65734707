using Npgsql;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;

namespace Stk.Ledger.Verify;

/// <summary>
/// Recomputes the book from its journal: every balance, every hash, the head, and the effects beside them. Needs no more
/// than SELECT, and holds nobody up.
/// </summary>
public sealed class LedgerVerifier(NpgsqlDataSource database, IEnumerable<IEffectCheck> effects)
{
    private readonly IReadOnlyList<IEffectCheck> _effects = [.. effects];

    /// <summary>Everything, as it is committed now.</summary>
    public Task<VerifyResult> Run(CancellationToken cancellation = default) => Verify(published: null, cancellation);

    /// <summary>Everything, and that a head published earlier is still in it: a cut tail is found only so.</summary>
    public Task<VerifyResult> Run(long publishedSequence, Digest publishedHash, CancellationToken cancellation = default) =>
        Verify((publishedSequence, publishedHash), cancellation);

    private async Task<VerifyResult> Verify((long Sequence, Digest Hash)? published, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Take(database, cancellation);
        var head = await HeadTable.Read(await snapshot.Open(cancellation), cancellation);
        var journal = new JournalWalk(head, published);
        var effects = new EffectWalk(_effects);
        VerifyFault? fault = null;
        try
        {
            await journal.Run(snapshot, cancellation);
            await effects.Run(snapshot, cancellation);
        }
        catch (JournalFaultException found)
        {
            fault = found.Fault;
        }

        return new(
            new(head.Sequence, head.Hash, head.At), journal.Commits, journal.Transactions, journal.Postings,
            journal.Accounts, effects.Effects, fault);
    }
}
