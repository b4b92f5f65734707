using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Simulation.Books;

/// <summary>An effect: that a part of a week is paid, a decision paid out, something taken or given back.</summary>
/// <param name="Key">Of each there is one at most.</param>
/// <param name="Content">What else is hashed.</param>
internal sealed record SimulatedEffect(string Key, string Content = "") : IEffect
{
    /// <summary>Asked in the commit, as <c>storage.expect</c> is: where it does not hold, nothing is written.</summary>
    public Func<bool> Holds { get; init; } = static () => true;

    /// <summary>Writes its row, in the commit. Told the commit's sequence.</summary>
    public Action<long> Written { get; init; } = static _ => { };

    public EffectKind Kind => EffectKind.WeekPayments;

    public ReadOnlyMemory<byte> CanonicalBytes => System.Text.Encoding.UTF8.GetBytes(Key + Content);

    public void AddCommands(NpgsqlBatch batch, EffectContext context) =>
        throw new NotSupportedException("the simulated book reads the key itself");
}
