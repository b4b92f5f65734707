using Stk.Client.Connections;

namespace Stk.Client.Approvals;

/// <summary>An operator's: what takes two persons.</summary>
public sealed class ApprovalCalls
{
    private readonly ApiConnection _connection;

    internal ApprovalCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Newest first.</summary>
    /// <param name="state">waiting, approved, rejected or expired; null for all.</param>
    public IAsyncEnumerable<Approval> List(string? state = null, CancellationToken cancellation = default) =>
        _connection.Pages<Approval>(ApiConnection.Path("admin/approvals", ("state", state)), cancellation);

    public Task<Approval> Get(Guid id, CancellationToken cancellation = default) =>
        _connection.Get<Approval>($"admin/approvals/{id}", cancellation);

    /// <summary>Approves, as another person than who asked and who gains, and does it.</summary>
    public Task<Approval> Approve(
        Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(HttpMethod.Post, $"admin/approvals/{id}/approve", new { reason }, key, cancellation);

    public Task<Approval> Reject(
        Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(HttpMethod.Post, $"admin/approvals/{id}/reject", new { reason }, key, cancellation);
}
