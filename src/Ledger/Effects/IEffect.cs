using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>
/// Rows that stand or fall with a transaction: written in its commit, and only where it is accepted. Immutable.
/// </summary>
public interface IEffect
{
    EffectKind Kind { get; }

    /// <summary>
    /// What the rows say, in a fixed layout, of what never changes in them; verification makes the same bytes from the
    /// stored rows. They are part of the transaction's content: another effect is other content.
    /// </summary>
    ReadOnlyMemory<byte> CanonicalBytes { get; }

    /// <summary>
    /// Adds the commands that write the rows. They run inside the ledger's commit, by key and quickly: an error fails the
    /// transaction for its caller, as an exception.
    /// </summary>
    void AddCommands(NpgsqlBatch batch, EffectContext context);
}

/// <param name="At">The commit's time.</param>
public readonly record struct EffectContext(Guid TransactionId, long Sequence, DateTimeOffset At);
