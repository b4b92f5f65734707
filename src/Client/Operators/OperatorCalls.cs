using System.Collections.Immutable;
using Stk.Client.Approvals;
using Stk.Client.Connections;

namespace Stk.Client.Operators;

/// <summary>The register of operators and auditors. What changes it waits for a second person.</summary>
public sealed class OperatorCalls
{
    private readonly ApiConnection _connection;

    internal OperatorCalls(ApiConnection connection) => _connection = connection;

    /// <summary>In the order entered, ended ones too.</summary>
    public async Task<ImmutableArray<RegisteredOperator>> List(CancellationToken cancellation = default) =>
        (await _connection.Get<Page<RegisteredOperator>>("admin/operators", cancellation)).Items;

    public Task<Approval> Add(OperatorOrder order, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(HttpMethod.Post, "admin/operators", order, key, cancellation);

    public Task<Approval> End(
        string subject, string role, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Approval>(
            HttpMethod.Post, "admin/operators/end", new { subject, role, reason }, key, cancellation);

    /// <summary>Confirms, as another person, an operator who was taken over from an earlier build.</summary>
    public Task<RegisteredOperator> Confirm(
        string subject, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<RegisteredOperator>(
            HttpMethod.Post, "admin/operators/confirm", new { subject, reason }, key, cancellation);
}
