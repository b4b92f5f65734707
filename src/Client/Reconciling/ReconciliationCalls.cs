using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Reconciling;

/// <summary>Whether ledger and chain are equal.</summary>
public sealed class ReconciliationCalls
{
    private readonly ApiConnection _connection;

    internal ReconciliationCalls(ApiConnection connection) => _connection = connection;

    /// <summary>As they were reconciled last.</summary>
    public Task<Reserves> GetReserves(CancellationToken cancellation = default) =>
        _connection.Get<Reserves>("stats/reserves", cancellation);

    /// <summary>An operator's: it is done within a minute.</summary>
    public Task<AskedReconciliation> Ask(
        string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<AskedReconciliation>(
            HttpMethod.Post, "admin/settlement/reconcile", new { reason }, key, cancellation);

    /// <summary>Newest first.</summary>
    public IAsyncEnumerable<ChainReconciliation> List(CancellationToken cancellation = default) =>
        _connection.Pages<ChainReconciliation>("admin/settlement/reconciliations", cancellation);

    /// <summary>What nothing has made good yet.</summary>
    public Task<Differences> ListDifferences(CancellationToken cancellation = default) =>
        _connection.Get<Differences>("admin/settlement/differences", cancellation);

    /// <summary>An operator's: from the treasury. Another person's same call approves it.</summary>
    public Task<Approval> Cover(
        Guid difference, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/settlement/differences/{difference}/cover", new { reason }, key, cancellation);
}
