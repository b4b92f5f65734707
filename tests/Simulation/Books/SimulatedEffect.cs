using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Simulation.Books;

/// <summary>An effect: that a part of a week is paid.</summary>
internal sealed record SimulatedEffect(string Key) : IEffect
{
    public EffectKind Kind => EffectKind.WeekPayments;

    public ReadOnlyMemory<byte> CanonicalBytes => System.Text.Encoding.UTF8.GetBytes(Key);

    public void AddCommands(NpgsqlBatch batch, EffectContext context) =>
        throw new NotSupportedException("the simulated book reads the key itself");
}
