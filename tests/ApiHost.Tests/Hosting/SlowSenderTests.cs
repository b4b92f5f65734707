using System.Net.Sockets;
using System.Text;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>Who sends too slowly is cut off, and holds nobody's place.</summary>
public sealed class SlowSenderTests
{
    private const string Path = ApiHostUnderTest.Root + "/events";

    [Fact]
    public async Task A_body_that_drips_is_cut_off_and_nothing_of_it_is_stored()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:SlowBodySeconds=2");

        var (answer, sent) = await Drip(
            host, $"{Head(host)}Content-Length: 100000\r\n\r\n[", TimeSpan.FromMilliseconds(50));

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("/problems/request-timeout", answer, StringComparison.Ordinal);
        Assert.InRange(sent, 1, 99_999);
        Assert.False(host.Cluster.HasParticipant("ann"));
    }

    [Fact]
    public async Task Headers_that_drip_are_cut_off()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:HeaderSeconds=1");

        var (answer, sent) = await Drip(
            host, $"POST {Path} HTTP/1.1\r\nHost: stk\r\nX-Long: ", TimeSpan.FromMilliseconds(50));

        // Kestrel answers, or closes at once where nothing was understood yet.
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.InRange(sent, 1, 99_999);
    }

    [Fact]
    public async Task A_body_that_is_fast_enough_and_has_no_end_is_cut_off_all_the_same()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Limits:BodySeconds=1");

        // 400 bytes each 50 ms: 8,000 a second.
        var (answer, _) = await Drip(
            host, $"{Head(host)}Content-Length: 30000000\r\n\r\n[", TimeSpan.FromMilliseconds(50), new string(' ', 400));

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("/problems/request-timeout", answer, StringComparison.Ordinal);
    }

    private static string Head(ApiHostUnderTest host) =>
        $"POST {Path} HTTP/1.1\r\nHost: stk\r\nContent-Type: application/json\r\n"
        + $"Authorization: Bearer {host.Keys.Token("ingest", "club")}\r\n";

    // Sends the start, and then a little at every tick until the server has had enough; the tick is the sender's speed.
    private static async Task<(string Answer, int Drops)> Drip(
        ApiHostUnderTest host, string start, TimeSpan tick, string drop = " ")
    {
        using var patience = HangLimit.StepSource();
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Address.Host, host.Address.Port, patience.Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start), patience.Token);
        var answer = ReadAll(stream, patience.Token);
        var bytes = Encoding.ASCII.GetBytes(drop);
        using var timer = new PeriodicTimer(tick);
        var drops = 0;
        try
        {
            while (!answer.IsCompleted && await timer.WaitForNextTickAsync(patience.Token))
            {
                await stream.WriteAsync(bytes, patience.Token);
                drops++;
            }
        }
        catch (IOException)
        {
            // Cut off: what the server said before counts.
        }

        return (await answer, drops);
    }

    private static async Task<string> ReadAll(NetworkStream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Reset with something of ours unread.
        }

        return text.ToString();
    }
}
