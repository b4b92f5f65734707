using Stk.Client.Connections;

namespace Stk.Client.Statistics;

/// <summary>The economy as a whole.</summary>
public sealed class StatisticsCalls
{
    private readonly ApiConnection _connection;

    internal StatisticsCalls(ApiConnection connection) => _connection = connection;

    public Task<Supply> GetSupply(CancellationToken cancellation = default) =>
        _connection.Get<Supply>("stats/supply", cancellation);

    public Task<Distribution> GetDistribution(CancellationToken cancellation = default) =>
        _connection.Get<Distribution>("stats/distribution", cancellation);

    /// <summary>An operator's or auditor's.</summary>
    public Task<Totals> GetTotals(CancellationToken cancellation = default) =>
        _connection.Get<Totals>("admin/totals", cancellation);
}
