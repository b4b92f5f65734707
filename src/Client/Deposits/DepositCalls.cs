using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Deposits;

/// <summary>What has come back from wallets.</summary>
public sealed class DepositCalls
{
    private readonly ApiConnection _connection;

    internal DepositCalls(ApiConnection connection) => _connection = connection;

    /// <summary>What was credited to somebody, newest first.</summary>
    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public IAsyncEnumerable<Deposit> List(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Pages<Deposit>(ApiConnection.Path("wallet/deposits", ("participant", participant)), cancellation);

    /// <summary>What has arrived, newest first: for operators and auditors.</summary>
    /// <param name="state">credited, suspense, assigned, returning or returned; null for all.</param>
    public IAsyncEnumerable<Arrival> ListAll(string? state = null, CancellationToken cancellation = default) =>
        _connection.Pages<Arrival>(ApiConnection.Path("admin/settlement/deposits", ("state", state)), cancellation);

    /// <summary>An operator's: whose something in suspense is. Another person's same call approves it.</summary>
    /// <param name="to">The participant's id.</param>
    public Task<Approval> Assign(
        Guid deposit, string to, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/settlement/deposits/{deposit}/assign", new { to, reason }, key, cancellation);

    /// <summary>
    /// An operator's: something in suspense goes back to whom it came from. Another person's same call approves it; then the
    /// vault's key signs it.
    /// </summary>
    public Task<Approval> SendBack(
        Guid deposit, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, $"admin/settlement/deposits/{deposit}/return", new { reason }, key, cancellation);
}
