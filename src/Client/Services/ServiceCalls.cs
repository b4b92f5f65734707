using System.Collections.Immutable;
using Stk.Client.Connections;

namespace Stk.Client.Services;

/// <summary>What is sold.</summary>
public sealed class ServiceCalls
{
    private readonly ApiConnection _connection;

    internal ServiceCalls(ApiConnection connection) => _connection = connection;

    /// <summary>What can be bought.</summary>
    public async Task<ImmutableArray<Service>> List(CancellationToken cancellation = default) =>
        [.. await _connection.Pages<Service>("services", cancellation).ToListAsync(cancellation)];

    /// <summary>An operator's or auditor's: the proposed and the withdrawn too.</summary>
    public async Task<ImmutableArray<Service>> ListAll(CancellationToken cancellation = default) =>
        [.. await _connection.Pages<Service>("admin/services", cancellation).ToListAsync(cancellation)];

    public Task<Service> Get(string id, CancellationToken cancellation = default) =>
        _connection.Get<Service>($"services/{ApiConnection.Part(id)}", cancellation);

    /// <summary>A provider's: proposes a service, or changes its own.</summary>
    /// <param name="version">What is changed; null for whichever is there.</param>
    public Task<Service> Propose(
        string id, ServiceDraft draft, int? version = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Service>(
            HttpMethod.Put, $"services/{ApiConnection.Part(id)}", draft, key, cancellation, version);

    /// <summary>An operator's: it stands at once.</summary>
    /// <param name="version">What is changed; null for whichever is there.</param>
    public Task<Service> Put(
        string id, ServiceDraft draft, int? version = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Service>(
            HttpMethod.Put, $"admin/services/{ApiConnection.Part(id)}", draft, key, cancellation, version);

    /// <param name="version">What was read: another one is not admitted.</param>
    public Task<Service> Admit(
        string id, int version, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Service>(
            HttpMethod.Post, $"admin/services/{ApiConnection.Part(id)}/admit", new { reason }, key, cancellation, version);

    public Task<Service> Withdraw(
        string id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Service>(
            HttpMethod.Post, $"admin/services/{ApiConnection.Part(id)}/withdraw", new { reason }, key, cancellation);
}
