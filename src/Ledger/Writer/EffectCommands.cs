using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Writer;

/// <summary>The commands of a commit's effects. Pure.</summary>
internal static class EffectCommands
{
    /// <summary>In the order of the transactions; a group stands where its first effect does.</summary>
    public static void AddTo(NpgsqlBatch writes, IReadOnlyList<Transaction> accepted, long sequence, DateTimeOffset at)
    {
        var groups = new List<List<PostedEffect>>();
        var ofKind = new Dictionary<EffectKind, List<PostedEffect>>();
        foreach (var transaction in accepted)
        {
            foreach (var effect in transaction.Effects)
            {
                var posted = new PostedEffect(effect, new(transaction.Id, sequence, at));
                if (effect is not IGroupedEffect)
                {
                    groups.Add([posted]);
                }
                else if (ofKind.TryGetValue(effect.Kind, out var group))
                {
                    group.Add(posted);
                }
                else
                {
                    ofKind.Add(effect.Kind, group = [posted]);
                    groups.Add(group);
                }
            }
        }

        foreach (var group in groups)
        {
            if (group[0].Effect is IGroupedEffect first)
            {
                first.AddCommands(writes, group);
            }
            else
            {
                group[0].Effect.AddCommands(writes, group[0].Context);
            }
        }
    }
}
