using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>
/// An effect whose rows are written together with those of all others of its kind in the commit: a statement a table, not
/// a transaction.
/// </summary>
public interface IGroupedEffect : IEffect
{
    /// <summary>Adds the commands that write the rows of a group. Asked of its first member, once a commit.</summary>
    /// <param name="group">All of this kind, in the commit's order; this one is the first.</param>
    void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group);

    void IEffect.AddCommands(NpgsqlBatch batch, EffectContext context) => AddCommands(batch, [new(this, context)]);
}

/// <summary>An effect of a transaction that is accepted.</summary>
public readonly record struct PostedEffect(IEffect Effect, EffectContext Context);
