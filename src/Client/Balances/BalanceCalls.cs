using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Stk.Client.Connections;

namespace Stk.Client.Balances;

/// <summary>What a participant has, and how it came.</summary>
public sealed class BalanceCalls
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(250);

    private readonly ApiConnection _connection;

    internal BalanceCalls(ApiConnection connection) => _connection = connection;

    /// <param name="participant">For operators and auditors; null for the token's own.</param>
    public Task<Balance> Get(string? participant = null, CancellationToken cancellation = default) =>
        _connection.Get<Balance>(ApiConnection.Path("balance", ("participant", participant)), cancellation);

    /// <summary>Every change, newest first.</summary>
    public IAsyncEnumerable<BalanceChange> History(HistoryFilter filter, CancellationToken cancellation = default) =>
        _connection.Pages<BalanceChange>(Path("balance/history", filter), cancellation);

    /// <summary>The transactions that touched the balances, newest first.</summary>
    public IAsyncEnumerable<ParticipantTransaction> Transactions(
        HistoryFilter filter, CancellationToken cancellation = default) =>
        _connection.Pages<ParticipantTransaction>(Path("transactions", filter), cancellation);

    /// <summary>
    /// The balance now, and each time that it changes; after a lost connection it goes on where it was. Ends by the token
    /// of cancellation alone.
    /// </summary>
    public async IAsyncEnumerable<Balance> Follow(
        string? participant = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = ApiConnection.Path("balance/stream", ("participant", participant));
        string? last = null;
        while (true)
        {
            using var response = await _connection.Open(path, "text/event-stream", last, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            await using var events = SseParser.Create(body, Read).EnumerateAsync(cancellation)
                .GetAsyncEnumerator(cancellation);
            while (await MoveNext(events))
            {
                // What a reconnection tells once more is no news.
                if (events.Current is { Data: { } balance, EventId: var id } && (id is null || id != last))
                {
                    last = id ?? last;
                    yield return balance;
                }
            }

            await Task.Delay(ReconnectPause, _connection.Time, cancellation);
        }
    }

    private static Balance? Read(string type, ReadOnlySpan<byte> json) =>
        type == "balance" ? JsonSerializer.Deserialize<Balance>(json, TokenomicsJson.Options) : null;

    // False where the connection has ended, however: the next one goes on.
    private static async Task<bool> MoveNext(IAsyncEnumerator<SseItem<Balance?>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static string Path(string path, HistoryFilter filter) => ApiConnection.Path(
        path, ("participant", filter.Participant), ("kind", filter.Kind), ("from", Instant(filter.From)),
        ("to", Instant(filter.To)), ("reason", filter.Reason));

    private static string? Instant(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);
}
