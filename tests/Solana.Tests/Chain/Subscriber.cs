using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Stk.Testing;

namespace Stk.Solana.Tests.Chain;

/// <summary>A connection for subscriptions to a node: on the port after that of its calls, as clients assume.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = HangLimit.StepSource();
    private int _lastId;

    public static async Task<Subscriber> Connect(Uri node)
    {
        var subscriber = new Subscriber();
        await subscriber._socket.ConnectAsync(
            new UriBuilder(node) { Scheme = "ws", Port = node.Port + 1 }.Uri, subscriber._patience.Token);
        return subscriber;
    }

    /// <summary>Sends a call and reads the next message, which is its answer.</summary>
    public async Task<JsonObject> Call(string method, params object?[] parameters)
    {
        var id = ++_lastId;
        await SendText(System.Text.Json.JsonSerializer.Serialize(new { jsonrpc = "2.0", id, method, @params = parameters }));
        var answer = await Receive();
        Assert.Equal(id, answer["id"]!.GetValue<int>());
        return answer;
    }

    /// <summary>Subscribes; gives the subscription's number.</summary>
    public async Task<int> Subscribe(string method, params object?[] parameters) =>
        (await Call(method, parameters))["result"]!.GetValue<int>();

    public Task SendText(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _patience.Token);

    /// <summary>The next message.</summary>
    /// <exception cref="WebSocketException">The node has gone.</exception>
    public async Task<JsonObject> Receive()
    {
        using var text = new MemoryStream();
        var part = new byte[16_384];
        while (true)
        {
            var read = await _socket.ReceiveAsync(part, _patience.Token);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, $"{read.CloseStatus}");
            }

            text.Write(part, 0, read.Count);
            if (read.EndOfMessage)
            {
                return JsonNode.Parse(text.ToArray())!.AsObject();
            }
        }
    }

    /// <summary>The next message, which is a notification of this kind and for this subscription: its result.</summary>
    public async Task<JsonNode> Notification(string method, int subscription)
    {
        var message = await Receive();
        Assert.Equal(method, message["method"]?.ToString());
        Assert.Equal(subscription, message["params"]!["subscription"]!.GetValue<int>());
        return message["params"]!["result"]!;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _patience.Dispose();
    }
}
