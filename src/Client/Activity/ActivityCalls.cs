using System.Collections.Immutable;
using Stk.Client.Connections;

namespace Stk.Client.Activity;

/// <summary>A source's: what people have done.</summary>
public sealed class ActivityCalls
{
    private readonly ApiConnection _connection;

    internal ActivityCalls(ApiConnection connection) => _connection = connection;

    /// <param name="array">
    /// A JSON array of up to 10,000 events, in UTF-8. Each has its own id: sent again it is harmless.
    /// </param>
    /// <returns>One answer an event, in order.</returns>
    public async Task<ImmutableArray<EventAnswer>> Send(
        ReadOnlyMemory<byte> array, CancellationToken cancellation = default) =>
        [.. await _connection.Write<List<EventAnswer>>(HttpMethod.Post, "events", array, null, cancellation)];

    public Task<SourceMark> GetSource(string name, CancellationToken cancellation = default) =>
        _connection.Get<SourceMark>($"admin/sources/{ApiConnection.Part(name)}", cancellation);

    /// <summary>An operator's: up to when a source is complete.</summary>
    public Task<SourceMark> PutSource(
        SourceMark mark, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<SourceMark>(
            HttpMethod.Put, $"admin/sources/{ApiConnection.Part(mark.Name)}", new { mark.CompleteTo, mark.Required }, key,
            cancellation);
}
