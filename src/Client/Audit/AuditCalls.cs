using Stk.Client.Connections;

namespace Stk.Client.Audit;

/// <summary>What operators have done.</summary>
public sealed class AuditCalls
{
    private readonly ApiConnection _connection;

    internal AuditCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Newest first.</summary>
    public IAsyncEnumerable<AuditEntry> List(CancellationToken cancellation = default) =>
        _connection.Pages<AuditEntry>("admin/audit", cancellation);
}
