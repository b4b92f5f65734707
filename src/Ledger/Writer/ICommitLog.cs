using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Writer;

/// <summary>
/// A log beside the ledger, chained by hash, to which a commit adds entries: made here of the head that the commit reads,
/// and written with it.
/// </summary>
public interface ICommitLog
{
    /// <summary>Whether an effect has an entry.</summary>
    bool Holds(IEffect effect);

    /// <summary>The command that reads the head. It locks nothing.</summary>
    NpgsqlBatchCommand ReadHead();

    Task<ChainHead> Head(NpgsqlDataReader reader, CancellationToken cancellation);

    /// <summary>
    /// Adds the commands that append the entries of these effects; they fail with STK01 where the head is another by then.
    /// </summary>
    /// <param name="posted">Those that have an entry, in order.</param>
    void AddCommands(NpgsqlBatch writes, ChainHead head, IReadOnlyList<PostedEffect> posted);
}

/// <summary>The last link of a chain.</summary>
public readonly record struct ChainHead(long Sequence, Digest Hash);
