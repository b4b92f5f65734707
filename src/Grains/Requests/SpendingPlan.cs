using Npgsql;
using Stk.Ledger.Machine;
using Stk.Rules.Spending;

namespace Stk.Grains.Requests;

/// <summary>What a request comes to, before anything is written. A closed set.</summary>
/// <typeparam name="T">What it answers where it is done.</typeparam>
internal abstract record SpendingPlan<T>
{
    private SpendingPlan() { }

    /// <summary>A rule says no.</summary>
    internal sealed record Refuse(SpendingRefusal Reason) : SpendingPlan<T>;

    /// <param name="View">The answer, once the ledger has accepted the transaction.</param>
    /// <param name="Poor">What it is refused for where an account holds less.</param>
    internal sealed record Post(
        Transaction Transaction, Func<Receipt, T> View, SpendingRefusal Poor = SpendingRefusal.InsufficientFunds)
        : SpendingPlan<T>;

    /// <summary>Moves nothing.</summary>
    /// <param name="Commands">In one database transaction, the request's row among them.</param>
    internal sealed record Write(IReadOnlyList<NpgsqlBatchCommand> Commands, T View) : SpendingPlan<T>;
}
