using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.ChainActs;

/// <summary>Acts on chain whose keys no service has, for operators and auditors.</summary>
public sealed class ChainActCalls
{
    private readonly ApiConnection _connection;

    internal ChainActCalls(ApiConnection connection) => _connection = connection;

    /// <summary>An operator's: it waits for another person.</summary>
    /// <param name="kind">mint, refill or burn.</param>
    public Task<ChainAct> Ask(
        string kind, Amount amount, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ChainAct>(
            HttpMethod.Post, "admin/chain/acts", new { kind, amount = amount.ToString(), reason }, key, cancellation);

    /// <summary>An operator's: it waits for another person.</summary>
    public Task<ChainAct> AskMemo(
        string text, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ChainAct>(
            HttpMethod.Post, "admin/chain/acts", new { kind = "memo", text, reason }, key, cancellation);

    /// <summary>Newest first; without what is to be signed.</summary>
    public IAsyncEnumerable<ChainAct> List(CancellationToken cancellation = default) =>
        _connection.Pages<ChainAct>("admin/chain/acts", cancellation);

    /// <summary>With what is to be signed, where it is approved.</summary>
    public Task<ChainAct> Get(Guid id, CancellationToken cancellation = default) =>
        _connection.Get<ChainAct>($"admin/chain/acts/{id}", cancellation);

    /// <summary>Another operator's.</summary>
    public Task<ChainAct> Approve(
        Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ChainAct>(HttpMethod.Post, $"admin/chain/acts/{id}/approve", new { reason }, key, cancellation);

    /// <summary>Another operator's.</summary>
    public Task<ChainAct> Reject(
        Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ChainAct>(HttpMethod.Post, $"admin/chain/acts/{id}/reject", new { reason }, key, cancellation);

    /// <summary>Brings what the key's holder has signed. The same again changes nothing.</summary>
    /// <param name="transaction">Base64.</param>
    public Task<ChainAct> PutSigned(Guid id, string transaction, CancellationToken cancellation = default) =>
        _connection.Write<ChainAct>(
            HttpMethod.Put, $"admin/chain/acts/{id}/signed", new { transaction }, null, cancellation);
}
