using Stk.Ledger.Effects;

namespace Stk.Grains.AuditLog;

/// <summary>An effect that an operator has asked for: its commit appends its entry to the log.</summary>
internal interface IAuditedEffect : IEffect
{
    /// <param name="context">The entry has the commit's time.</param>
    AuditEntry Entry(EffectContext context);
}
