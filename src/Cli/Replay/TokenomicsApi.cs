using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stk.Cli.Replay;

/// <summary>
/// What a replay asks of the running service. Each call may be sent twice without harm, so one that fails because a
/// host is away is sent again for up to a minute.
/// </summary>
/// <param name="http">Its base address is the API host's.</param>
internal sealed class TokenomicsApi(HttpClient http, string ingestToken, string operatorToken, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Root = "/api/v1/tokenomics/";
    private const int LongestReason = 500;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    /// <param name="array">A JSON array of events, in UTF-8.</param>
    /// <returns>One answer an event, in order.</returns>
    public async Task<IReadOnlyList<EventAnswer>> Send(ReadOnlyMemory<byte> array, CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Post, "events", ingestToken, array, cancellation);
        await Accept(response, "POST events", cancellation);
        return await Read<List<EventAnswer>>(response, "POST events", cancellation);
    }

    public async Task<ClockStatus> GetClock(CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Get, "admin/clock", operatorToken, default, cancellation);
        await Accept(response, "GET admin/clock", cancellation);
        return await Read<ClockStatus>(response, "GET admin/clock", cancellation);
    }

    /// <summary>Sets the clock and waits until all that falls due on the way is done.</summary>
    /// <param name="looking">Told each time that it is not done yet.</param>
    /// <returns>False where the economy is later already: its clock never goes back.</returns>
    public async Task<bool> MoveClock(DateTimeOffset to, Action<ClockStatus> looking, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { now = to.UtcDateTime });
        // An interrupted replay may have set it already, and waits for what runs.
        var isSet = (await GetClock(cancellation)).Now == to;
        if (!isSet)
        {
            using var response = await Ask(HttpMethod.Post, "admin/clock", operatorToken, body, cancellation);
            if (response.StatusCode == HttpStatusCode.Conflict)
            {
                return false;
            }

            await Accept(response, "POST admin/clock", cancellation);
        }

        for (var pause = FirstLook; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            var clock = await GetClock(cancellation);
            if (clock.Now >= to && clock.Reached >= to)
            {
                return true;
            }

            looking(clock);
            await Task.Delay(pause, time, cancellation);
        }
    }

    public async Task<Totals> GetTotals(CancellationToken cancellation)
    {
        using var response = await Ask(HttpMethod.Get, "admin/totals", operatorToken, default, cancellation);
        await Accept(response, "GET admin/totals", cancellation);
        return await Read<Totals>(response, "GET admin/totals", cancellation);
    }

    private async Task<HttpResponseMessage> Ask(
        HttpMethod method, string path, string token, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            string reason;
            Exception? cause = null;
            try
            {
                using var request = new HttpRequestMessage(method, Root + path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (method == HttpMethod.Post)
                {
                    request.Content = new ReadOnlyMemoryContent(body);
                    request.Content.Headers.ContentType = new("application/json");
                }

                var response = await http.SendAsync(request, cancellation);
                if (!IsPassing(response.StatusCode))
                {
                    return response;
                }

                using (response)
                {
                    reason = $"answers {(int)response.StatusCode}";
                }
            }
            catch (HttpRequestException exception)
            {
                reason = $"cannot be reached ({exception.Message})";
                cause = exception;
            }
            catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
            {
                reason = "does not answer";
                cause = exception;
            }

            if (time.GetElapsedTime(began) >= Patience)
            {
                throw new ReplayRefusal(
                    $"The API at {http.BaseAddress} {reason}, for more than {Patience.TotalSeconds:0} s. "
                    + "Start the replay again when it is back: it goes on where it was.", cause);
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    // A 500 is a fault of the service: asked again it gives the same.
    private static bool IsPassing(HttpStatusCode status) => status
        is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static async Task Accept(HttpResponseMessage response, string call, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellation);
        throw new ReplayRefusal(
            $"The API answered {(int)response.StatusCode} to {call}: "
            + (text.Length == 0 ? "it said nothing." : text[..Math.Min(text.Length, LongestReason)]));
    }

    private static async Task<T> Read<T>(HttpResponseMessage response, string call, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation)
                ?? throw new ReplayRefusal($"The API answered null to {call}.");
        }
        catch (JsonException exception)
        {
            throw new ReplayRefusal($"The API's answer to {call} cannot be read: {exception.Message}", exception);
        }
    }
}
