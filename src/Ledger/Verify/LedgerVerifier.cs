using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Sql;

namespace Stk.Ledger.Verify;

/// <summary>
/// Recomputes the book from its journal: every balance, every hash, the head, and the effects beside them. Needs no more
/// than SELECT, and holds nobody up.
/// </summary>
/// <param name="keys">By which its signatures are checked; null where they are not looked at.</param>
public sealed class LedgerVerifier(
    NpgsqlDataSource database, IEnumerable<IEffectCheck> effects, SigningPublicKeys? keys = null)
{
    private readonly IReadOnlyList<IEffectCheck> _effects = [.. effects];

    /// <summary>Everything, as it is committed now.</summary>
    public Task<VerifyResult> Run(CancellationToken cancellation = default) => Verify(published: null, cancellation);

    /// <summary>Everything, and that a head published earlier is still in it: a cut tail is found only so.</summary>
    public Task<VerifyResult> Run(long publishedSequence, Digest publishedHash, CancellationToken cancellation = default) =>
        Verify((publishedSequence, publishedHash), cancellation);

    /// <summary>
    /// What was committed after a commit that was found sound, with the balances that it has made: neither the effects nor
    /// the signatures, and nothing before it but that it is still there.
    /// </summary>
    public async Task<VerifyResult> RunAfter(long sequence, Digest hash, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.Take(database, cancellation);
        var head = await HeadTable.Read(snapshot.Connection, cancellation);
        var journal = new JournalWalk(head, published: null, signatures: null, (sequence, hash));
        var fault = await FaultOf(journal.Run(snapshot, cancellation));
        return new(
            new(head.Sequence, head.Hash, head.At), journal.Commits, journal.Transactions, journal.Postings,
            journal.Accounts, Effects: 0, [.. new[] { journal.BalanceFault, fault }.OfType<VerifyFault>()]);
    }

    /// <summary>Everything, as it was at a snapshot.</summary>
    public async Task<VerifyResult> Run(
        Snapshot snapshot, (long Sequence, Digest Hash)? published, CancellationToken cancellation)
    {
        var head = await HeadTable.Read(snapshot.Connection, cancellation);
        var signatures = keys is null
            ? null
            : await SignatureWalk.Begin(keys, SignedChain.Ledger, snapshot.Connection, cancellation);
        var journal = new JournalWalk(head, published, signatures);
        var effects = new EffectWalk(_effects);
        var journalFault = await FaultOf(journal.Run(snapshot, cancellation));
        var effectFault = await FaultOf(effects.Run(snapshot, cancellation));
        return new(
            new(head.Sequence, head.Hash, head.At), journal.Commits, journal.Transactions, journal.Postings,
            journal.Accounts, effects.Effects,
            [.. new[] { journal.BalanceFault, journalFault, effectFault, journal.SignatureFault }.OfType<VerifyFault>()]);
    }

    private async Task<VerifyResult> Verify((long Sequence, Digest Hash)? published, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Take(database, cancellation);
        return await Run(snapshot, published, cancellation);
    }

    private static async Task<VerifyFault?> FaultOf(Task walk)
    {
        try
        {
            await walk;
            return null;
        }
        catch (JournalFaultException found)
        {
            return found.Fault;
        }
    }
}
