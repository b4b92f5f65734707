using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Spending;

namespace Stk.Grains.Approvals;

/// <summary>What an approved act comes to, before anything is written. A closed set.</summary>
internal abstract record ActPlan
{
    private ActPlan() { }

    /// <summary>A rule says no; it goes on waiting.</summary>
    internal sealed record Refuse(SpendingRefusal Reason) : ActPlan;

    /// <summary>Moves nothing: commands and the entry in the audit log are one transaction with the decision.</summary>
    internal sealed record Write(AuditEntry Entry, params IReadOnlyList<NpgsqlBatchCommand> Commands) : ActPlan;

    /// <summary>A ledger transaction does it; its effects write the entry in the audit log.</summary>
    /// <param name="Make">Of the effects that say which request and which decision it was.</param>
    /// <param name="Poor">What it is refused for where an account holds less.</param>
    internal sealed record Post(Func<IReadOnlyList<IEffect>, Transaction> Make, SpendingRefusal Poor) : ActPlan;
}
