using System.Net.Sockets;
using System.Text;

namespace Stk.Testing;

/// <summary>Requests that no well-behaved client would send.</summary>
public static class RawHttp
{
    public static async Task<string> Send(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                answer.Append(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // The server resets a connection whose request it has not read to its end: what came before counts.
        }

        return answer.ToString();
    }
}
