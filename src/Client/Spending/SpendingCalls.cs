using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <summary>Transfers, purchases and what comes of them.</summary>
public sealed class SpendingCalls
{
    private readonly ApiConnection _connection;

    internal SpendingCalls(ApiConnection connection) => _connection = connection;

    /// <param name="key">
    /// The Idempotency-Key; null makes one. With it the same call is done once, whenever it is made.
    /// </param>
    public Task<Transfer> Transfer(
        string to, Amount amount, string? note = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Transfer>(HttpMethod.Post, "transfer", new { to, amount, note }, key, cancellation);

    /// <inheritdoc cref="Transfer" path="/param"/>
    public Task<Purchase> Buy(
        string service, PurchaseOrder? order = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Purchase>(
            HttpMethod.Post, $"services/{ApiConnection.Part(service)}/purchase", order ?? new(), key, cancellation,
            order?.ExpectedVersion);

    /// <summary>What a recipient of services has earned, newest first.</summary>
    public IAsyncEnumerable<Sale> Sales(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<Sale>(ApiConnection.Path("sales", ("participant", participant)), cancellation);

    /// <summary>An operator's or auditor's.</summary>
    public Task<Purchase> GetPurchase(Guid purchase, CancellationToken cancellation = default) =>
        _connection.Get<Purchase>($"admin/purchases/{purchase}", cancellation);

    /// <summary>An operator's: the exact reverse, once; above what one signature may give it waits for another.</summary>
    /// <inheritdoc cref="Transfer" path="/param"/>
    public Task<RefundAnswer> Refund(
        Guid purchase, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<RefundAnswer>(
            HttpMethod.Post, $"admin/purchases/{purchase}/refund", new { reason }, key, cancellation);
}
