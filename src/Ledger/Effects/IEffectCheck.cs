using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>
/// One sort of effect: its kind, and how its rows are read back, so that they can be held against the journal. The effect's
/// class declares it, and takes its own kind from it.
/// </summary>
public interface IEffectCheck
{
    /// <summary>Of <see cref="IEffect.Kind"/>.</summary>
    EffectKind Kind { get; }

    /// <summary>As a fault names it.</summary>
    string Table { get; }

    /// <summary>
    /// Every stored effect of this kind, ordered by transaction id as PostgreSQL orders uuids (effects of one transaction
    /// in any order). The connection is inside the verification's snapshot, and others are read beside it over the same:
    /// <see cref="CursorRows"/>.
    /// </summary>
    IAsyncEnumerable<StoredEffect> Read(NpgsqlConnection connection, CancellationToken cancellation);
}

/// <param name="CanonicalBytes">As <see cref="IEffect.CanonicalBytes"/> gave them.</param>
public readonly record struct StoredEffect(Guid TransactionId, ReadOnlyMemory<byte> CanonicalBytes);
