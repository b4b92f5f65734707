using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Stk.Client.Connections;

namespace Stk.Client.Identities;

/// <summary>Whose the ids are that sources send. An operator's.</summary>
public sealed class IdentityCalls
{
    private readonly ApiConnection _connection;

    internal IdentityCalls(ApiConnection connection) => _connection = connection;

    /// <summary>A participant's, its own first.</summary>
    public async Task<ImmutableArray<Identity>> Of(string participant, CancellationToken cancellation = default) =>
        (await _connection.Get<IdentityList>(
            ApiConnection.Path("admin/identities", ("participant", participant)), cancellation)).Items;

    /// <summary>One id.</summary>
    /// <param name="ofNamespace">Null: the common one.</param>
    public async Task<Identity> Find(string? ofNamespace, string id, CancellationToken cancellation = default) =>
        (await _connection.Get<IdentityList>(
            ApiConnection.Path("admin/identities", ("id", id), ("namespace", ofNamespace)), cancellation)).Items[0];

    /// <summary>Participants who were made one, newest first.</summary>
    public async Task<ImmutableArray<Merge>> Merges(CancellationToken cancellation = default) =>
        (await _connection.Get<MergeList>("admin/merges", cancellation)).Items;

    /// <summary>Makes all ids of a participant who was never paid another's.</summary>
    public Task<Merge> Merge(
        string from, string into, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Merge>(HttpMethod.Post, "admin/merges", new { from, into, reason }, key, cancellation);

    /// <summary>Gives each its own again, in every week that is not sealed.</summary>
    public Task<Merge> UndoMerge(
        Guid id, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Merge>(HttpMethod.Post, $"admin/merges/{id}/undo", new { reason }, key, cancellation);

    /// <summary>Says whose an id is.</summary>
    /// <param name="participant">Null: its own again.</param>
    public Task<Identity> Link(
        string? ofNamespace, string id, string? participant, string reason, string? key = null,
        CancellationToken cancellation = default) =>
        // A null is what takes back: it is written.
        _connection.Write<Identity>(
            HttpMethod.Put, "admin/identities",
            new JsonObject
            {
                ["namespace"] = ofNamespace ?? "",
                ["id"] = id,
                ["participant"] = participant,
                ["reason"] = reason,
            },
            key, cancellation);
}
