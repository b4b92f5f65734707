using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Ledger.Machine;

namespace Stk.Grains.Requests;

/// <summary>What a request comes to, before anything is written. A closed set.</summary>
/// <typeparam name="T">What it answers where it is done.</typeparam>
/// <typeparam name="TRefusal">What it answers where a rule says no.</typeparam>
internal abstract record RequestPlan<T, TRefusal>
{
    private RequestPlan() { }

    /// <summary>A rule says no.</summary>
    /// <param name="IsKept">
    /// False where it was said before money was looked at: nothing is stored of it, and a copy is decided again.
    /// </param>
    internal sealed record Refuse(TRefusal Reason, bool IsKept = true) : RequestPlan<T, TRefusal>;

    /// <summary>A ledger transaction does it.</summary>
    /// <param name="View">The answer, once the ledger has accepted the transaction.</param>
    /// <param name="Poor">What it is refused for where an account holds less.</param>
    /// <param name="TooLarge">What it is refused for where an account would hold more than fits.</param>
    internal sealed record Post(Transaction Transaction, Func<Receipt, T> View, TRefusal Poor, TRefusal TooLarge)
        : RequestPlan<T, TRefusal>;

    /// <summary>
    /// Moves nothing: commands, the answer that is kept and the entry in the audit log are one transaction.
    /// </summary>
    internal sealed record Write(T View, AuditEntry Entry, params IReadOnlyList<NpgsqlBatchCommand> Commands)
        : RequestPlan<T, TRefusal>;

    /// <summary>Moves nothing, and is nothing that an operator does: it has no entry in the audit log.</summary>
    internal sealed record WriteUnlogged(T View, params IReadOnlyList<NpgsqlBatchCommand> Commands)
        : RequestPlan<T, TRefusal>;

    /// <summary>Moves nothing, and is written in a database transaction of its own kind.</summary>
    /// <param name="Commit">
    /// Writes the change and, after it and in the same database transaction, the commands given. False where it must be
    /// planned again: nothing was written.
    /// </param>
    internal sealed record WriteBy(T View, AuditEntry Entry, Func<IReadOnlyList<NpgsqlBatchCommand>, Task<bool>> Commit)
        : RequestPlan<T, TRefusal>;
}
