using System.Collections.Immutable;
using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Entitlements;

/// <summary>Rights that purchases have given.</summary>
public sealed class EntitlementCalls
{
    private readonly ApiConnection _connection;

    internal EntitlementCalls(ApiConnection connection) => _connection = connection;

    /// <summary>Newest first, ended ones too.</summary>
    public async Task<ImmutableArray<Entitlement>> List(
        string? participant = null, CancellationToken cancellation = default) =>
        (await _connection.Get<Page<Entitlement>>(
            ApiConnection.Path("entitlements", ("participant", participant)), cancellation)).Items;

    public Task<EntitlementCheck> Check(
        string service, string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<EntitlementCheck>(
            ApiConnection.Path($"entitlements/{ApiConnection.Part(service)}", ("participant", participant)), cancellation);

    /// <summary>Says whether the months that were bought are followed by others.</summary>
    /// <param name="maxPrice">Of one renewal; null for what was paid last.</param>
    public Task<Renewal> SetRenewal(
        Guid entitlement, bool on, Amount? maxPrice = null, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Renewal>(
            HttpMethod.Put, $"entitlements/{entitlement}/renewal", new { on, maxPrice }, key, cancellation);

    /// <summary>Another system's: uses a session.</summary>
    /// <param name="id">The use's own: the same id is one use.</param>
    public Task<EntitlementUse> Use(
        string service, string participant, Guid id, CancellationToken cancellation = default) =>
        _connection.Write<EntitlementUse>(
            HttpMethod.Post,
            ApiConnection.Path($"entitlements/{ApiConnection.Part(service)}/use", ("participant", participant)),
            new { id }, id.ToString(), cancellation);
}
