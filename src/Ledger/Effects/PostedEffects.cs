namespace Stk.Ledger.Effects;

/// <summary>The effects of a commit as columns: one array a column.</summary>
public static class PostedEffects
{
    /// <summary>A value of each effect of a group.</summary>
    public static TColumn[] Column<TEffect, TColumn>(
        this IReadOnlyList<PostedEffect> group, Func<TEffect, EffectContext, TColumn> value)
        where TEffect : IEffect
    {
        var column = new TColumn[group.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value((TEffect)group[i].Effect, group[i].Context);
        }

        return column;
    }
}
