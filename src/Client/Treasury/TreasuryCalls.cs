using Stk.Client.Connections;

namespace Stk.Client.Treasury;

/// <summary>An operator's: what is spent from funds.</summary>
public sealed class TreasuryCalls
{
    private readonly ApiConnection _connection;

    internal TreasuryCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Paid, or waiting for a second operator: its state says.</summary>
    public Task<FundSpend> Spend(
        FundSpendOrder order, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<FundSpend>(HttpMethod.Post, "admin/treasury/spend", order, key, cancellation);

    /// <summary>Newest first.</summary>
    public IAsyncEnumerable<FundSpend> List(bool isWaitingOnly = false, CancellationToken cancellation = default) =>
        _connection.Pages<FundSpend>(
            ApiConnection.Path("admin/treasury/spends", ("waiting", isWaitingOnly ? "true" : null)), cancellation);

    public Task<FundSpend> Approve(
        Guid spend, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<FundSpend>(
            HttpMethod.Post, $"admin/treasury/spends/{spend}/approve", new { reason }, key, cancellation);

    public Task<FundSpend> Reject(
        Guid spend, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<FundSpend>(
            HttpMethod.Post, $"admin/treasury/spends/{spend}/reject", new { reason }, key, cancellation);
}
