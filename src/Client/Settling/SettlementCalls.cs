using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Settling;

/// <summary>Settlement on chain, for operators and auditors.</summary>
public sealed class SettlementCalls
{
    private readonly ApiConnection _connection;

    internal SettlementCalls(ApiConnection connection) => _connection = connection;

    /// <summary>With a fresh look at the nodes.</summary>
    public Task<SettlementState> Get(CancellationToken cancellation = default) =>
        _connection.Get<SettlementState>("admin/settlement", cancellation);

    /// <summary>An operator's: nothing more is gathered and signed.</summary>
    public Task<SteeredSettlement> Pause(string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<SteeredSettlement>(
            HttpMethod.Post, "admin/settlement/pause", new { reason }, key, cancellation);

    /// <summary>An operator's. After a mismatch or in recovery another person's same call approves it.</summary>
    public Task<ResumeAnswer> Resume(string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<ResumeAnswer>(HttpMethod.Post, "admin/settlement/resume", new { reason }, key, cancellation);

    /// <summary>Newest first.</summary>
    /// <param name="state">planned, signed, sent, finalized, failed, uncertain or expired; null for all.</param>
    public IAsyncEnumerable<Batch> Batches(string? state = null, CancellationToken cancellation = default) =>
        _connection.Pages<Batch>(ApiConnection.Path("admin/settlement/batches", ("state", state)), cancellation);

    public Task<BatchDetails> Batch(Guid id, CancellationToken cancellation = default) =>
        _connection.Get<BatchDetails>($"admin/settlement/batches/{id}", cancellation);

    /// <summary>An operator's: how an uncertain batch has ended. Another person's same call approves it.</summary>
    /// <param name="outcome">landed or expired.</param>
    /// <param name="signature">Which has landed; null with expired.</param>
    public Task<Approval> Resolve(
        Guid id, string outcome, string? signature, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/settlement/batches/{id}/resolve", new { outcome, signature, reason }, key,
            cancellation);
}
