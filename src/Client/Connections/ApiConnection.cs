using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly.Timeout;
using Stk.Client.Problems;

namespace Stk.Client.Connections;

/// <summary>Sends what the calls ask for, and reads answers and refusals.</summary>
internal sealed class ApiConnection : IDisposable
{
    private const string SequenceHeader = "Stk-Sequence";
    private const string SequenceUnknown = "sequence-unknown";
    private const int PageLimit = 100;

    private readonly Uri _address;
    private readonly string _token;
    private readonly HttpClient _http;
    private long _sequence;

    public ApiConnection(Uri address, string token, ClientSettings settings)
    {
        _address = address;
        _token = token;
        Time = settings.Time;
        var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        var repeats = new ResilienceHandler(Repeats.Pipeline(settings))
        {
            InnerHandler = new WriteTries(settings.Transport is { } transport
                ? new Borrowed(transport)
                : Network.Make()),
        };
        // Each try has its own time-out; a stream has none.
        _http = new(repeats) { BaseAddress = new(root, "api/v1/tokenomics/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public TimeProvider Time { get; }

    /// <summary>An address under the API's root; parameters that are null are left out.</summary>
    public static string Path(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = new StringBuilder(path);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=')
                    .Append(Uri.EscapeDataString(value));
            }
        }

        return address.ToString();
    }

    /// <summary>A part of a path that may hold anything.</summary>
    public static string Part(string part) => Uri.EscapeDataString(part);

    public async Task<T> Get<T>(string path, CancellationToken cancellation)
    {
        using var response = await Open(path, "application/json", null, cancellation);
        return await Read<T>(response, $"GET {Name(path)}", cancellation);
    }

    /// <summary>Every item of a list, page after page.</summary>
    public async IAsyncEnumerable<T> Pages<T>(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var first = string.Create(CultureInfo.InvariantCulture, $"{path}{separator}limit={PageLimit}");
        for (string? next = first; next is not null;)
        {
            var page = await Get<Page<T>>(next, cancellation);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            next = page.Next is { } cursor ? $"{first}&cursor={Uri.EscapeDataString(cursor)}" : null;
        }
    }

    /// <summary>A success whose body is yet to be read: a file or a stream of events.</summary>
    public async Task<HttpResponseMessage> Open(
        string path, string accept, string? lastEventId, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        if (Interlocked.Read(ref _sequence) is var seen and > 0)
        {
            request.Headers.Add(SequenceHeader, seen.ToString(CultureInfo.InvariantCulture));
        }

        return await Send(request, null, cancellation);
    }

    /// <param name="body">Serialised, or sent as it is where it is bytes; null for none.</param>
    /// <param name="key">The Idempotency-Key; null makes one.</param>
    /// <param name="version">For If-Match.</param>
    /// <param name="mediaType">Of the body.</param>
    /// <exception cref="WriteInterruptedException">It was cancelled when it may have been taken already.</exception>
    public async Task<T> Write<T>(
        HttpMethod method, string path, object? body, string? key, CancellationToken cancellation, int? version = null,
        string mediaType = "application/json")
    {
        using var request = Request(method, path);
        // Once for all tries of this call: it is what makes them one.
        key ??= Guid.CreateVersion7().ToString();
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (version is { } read)
        {
            request.Headers.IfMatch.Add(new(string.Create(CultureInfo.InvariantCulture, $"\"{read}\"")));
        }

        ReadOnlyMemory<byte> bytes = body switch
        {
            null => default,
            ReadOnlyMemory<byte> asItIs => asItIs,
            _ => JsonSerializer.SerializeToUtf8Bytes(body, TokenomicsJson.Sent),
        };
        var write = new SentWrite(key, bytes);
        request.Content = write;
        if (body is not null)
        {
            write.Headers.ContentType = new(mediaType);
        }

        try
        {
            using var response = await Send(request, write, cancellation);
            return await Read<T>(response, $"{method} {Name(path)}", cancellation, write);
        }
        catch (OperationCanceledException exception) when (write.IsBegun)
        {
            throw new WriteInterruptedException(key, exception, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }

    private async Task<HttpResponseMessage> Send(
        HttpRequestMessage request, SentWrite? write, CancellationToken cancellation)
    {
        // Before it is sent: the address is made absolute then.
        var call = $"{request.Method} {Name(request.RequestUri!.OriginalString)}"; // not null: Request sets it
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw new ApiUnreachableException(_address, $"cannot be reached ({exception.Message})", write, exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new ApiUnreachableException(_address, "does not answer", write, exception);
        }

        if (response.Headers.TryGetValues(SequenceHeader, out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            Saw(sequence);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var refusal = await Refusals.Read(response, _address, call, write, cancellation);
            if (refusal is ApiProblemException { Slug: SequenceUnknown })
            {
                // The service was restored from a copy, or is another: the caller hears of it once, and what comes next is
                // as new as the service is.
                Interlocked.Exchange(ref _sequence, 0);
            }

            throw refusal;
        }
    }

    private async Task<T> Read<T>(
        HttpResponseMessage response, string call, CancellationToken cancellation, SentWrite? write = null)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var answer = await JsonSerializer.DeserializeAsync<T>(body, TokenomicsJson.Options, cancellation);
            if (answer is ISequenced { Sequence: var sequence })
            {
                Saw(sequence);
            }

            return answer is null ? throw new ApiAnswerException($"The API answered null to {call}.", write) : answer;
        }
        catch (JsonException exception)
        {
            throw new ApiAnswerException($"The API's answer to {call} cannot be read: {exception.Message}", write, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ApiUnreachableException(_address, $"ended its answer to {call} early ({exception.Message})", write, exception);
        }
    }

    private void Saw(long sequence)
    {
        for (var seen = Interlocked.Read(ref _sequence); sequence > seen;)
        {
            var before = Interlocked.CompareExchange(ref _sequence, sequence, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    // Without the query: it may hold a participant's id.
    private static string Name(string path) => path.Split('?')[0];

    /// <summary>Another's handler, which is not ours to end.</summary>
    private sealed class Borrowed(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
                _invoker.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _invoker.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
