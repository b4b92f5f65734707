using System.Collections.Immutable;
using Stk.Client.Connections;

namespace Stk.Client.Deliveries;

/// <summary>What is sent beside the inbox, for operators.</summary>
public sealed class DeliveryCalls
{
    private readonly ApiConnection _connection;

    internal DeliveryCalls(ApiConnection connection) => _connection = connection;

    /// <summary>What could not be delivered, newest first.</summary>
    /// <param name="channel">email, discourse or webhook; null for all.</param>
    public IAsyncEnumerable<DeadDelivery> Dead(string? channel = null, CancellationToken cancellation = default) =>
        _connection.Pages<DeadDelivery>(ApiConnection.Path("admin/notices/dead", ("channel", channel)), cancellation);

    /// <summary>How each channel stands.</summary>
    public async Task<ImmutableArray<ChannelFigures>> Channels(CancellationToken cancellation = default) =>
        (await _connection.Get<ChannelList>("admin/notices/channels", cancellation)).Channels;

    /// <summary>Has something that is dead tried again.</summary>
    public Task<RetriedDelivery> Retry(
        Guid notice, string channel, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<RetriedDelivery>(
            HttpMethod.Post, $"admin/notices/{notice}/{channel}/retry", new { reason }, key, cancellation);

    /// <summary>Lets nothing out of a channel, or lets it go on.</summary>
    public Task<PausedChannel> Pause(
        string channel, bool paused, string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<PausedChannel>(
            HttpMethod.Post, $"admin/notices/channels/{channel}/{(paused ? "pause" : "resume")}", new { reason }, key,
            cancellation);
}
