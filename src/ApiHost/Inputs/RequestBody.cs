using System.Buffers;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Limits;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>Reads a request's JSON body whole, as bytes, decompressed, within a limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// How many times as much as was sent may come out of it. JSON of events packs to a tenth or a thirtieth.
    /// </summary>
    public const int MaxUnpackedTimes = 100;

    /// <summary>Up to here nobody asks how small it was sent: less than a body may have anyway. Unit: bytes.</summary>
    public const int FreelyUnpackedBytes = 1_048_576;

    private const string Json = "application/json";

    /// <returns>What was read whole: whoever asked disposes it.</returns>
    /// <param name="maxBytes">After decompression; as sent, the server's own limit holds too.</param>
    /// <param name="meter">
    /// Counts what comes, decompressed; reading stops where it has too much. Null counts nothing.
    /// </param>
    /// <param name="mediaType">Of the body, which is in UTF-8.</param>
    public static async Task<Reading<PooledBytes>> Read(
        HttpRequest request, int maxBytes, JsonMeter? meter = null, string mediaType = Json)
    {
        if (!IsOf(request, mediaType))
        {
            return Refused(ProblemTypes.UnsupportedMediaType);
        }

        if (IsGzip(request.Headers) is not { } isGzip)
        {
            return Refused(ProblemTypes.UnsupportedEncoding);
        }

        if (request.ContentLength > maxBytes)
        {
            return Refused(ProblemTypes.BodyTooLarge);
        }

        var held = request.HttpContext.Features.Get<HeldBytes.Share>();
        var (filling, packed) = (new Filling(held, meter), new Filling(held, null));
        PooledBytes? sent;
        try
        {
            sent = await ReadSent(request, maxBytes, isGzip ? packed : filling);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refused(ProblemTypes.RequestTimeout);
        }

        var read = sent is null ? (isGzip ? packed : filling).Refusal
            : isGzip ? Decompress(sent, maxBytes, filling)
            : new Reading<PooledBytes>.Read(sent);
        if (meter is null || !read.IsRead(out var bytes, out _) || filling.Take(meter.DocumentBytes))
        {
            return read;
        }

        bytes.Dispose();
        return filling.Refusal;
    }

    private static async Task<PooledBytes?> ReadSent(HttpRequest request, int maxBytes, Filling filling)
    {
        var limits = request.HttpContext.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(TimeSpan.FromSeconds(limits.BodySeconds));
        return await ReadAll(request.Body, maxBytes, (int?)request.ContentLength ?? 0, filling, patience.Token);
    }

    /// <summary>Reads a body to the byte as it was sent, whatever it says that it is: a signature is over that.</summary>
    /// <returns>What was read whole: whoever asked disposes it.</returns>
    public static async Task<Reading<PooledBytes>> ReadAsSent(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return Refused(ProblemTypes.BodyTooLarge);
        }

        var filling = new Filling(request.HttpContext.Features.Get<HeldBytes.Share>(), null);
        try
        {
            return await ReadSent(request, maxBytes, filling) is { } sent
                ? new Reading<PooledBytes>.Read(sent)
                : filling.Refusal;
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refused(ProblemTypes.RequestTimeout);
        }
    }

    /// <summary>Whether a request says that its body is of a type, in UTF-8.</summary>
    // A parameter's value may stand in quotes and be the same (RFC 9110, 5.6.6).
    public static bool IsOf(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.UnescapeAsQuotedString(type.Charset)
            .Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // A list of codings, in which identity is none (RFC 9110, 8.4.1); null where another is named, or one twice.
    private static bool? IsGzip(IHeaderDictionary headers)
    {
        var codings = headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding)
            .Where(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        return codings.Count == 0 ? false
            : codings is [var only] && (only.Equals("gzip", StringComparison.OrdinalIgnoreCase)
                || only.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) ? true
            : null;
    }

    private static Reading<PooledBytes> Decompress(PooledBytes sent, int maxBytes, Filling filling)
    {
        var most = (int)Math.Min(maxBytes, Math.Max(FreelyUnpackedBytes, (long)sent.Length * MaxUnpackedTimes));
        using (sent)
        {
            try
            {
                return GzipMembers.Decompress(sent.Memory, most, filling.Add) is { } plain
                    ? new Reading<PooledBytes>.Read(plain)
                    : filling.Refusal;
            }
            catch (InvalidDataException)
            {
                return Refused(ProblemTypes.MalformedEncoding);
            }
        }
    }

    /// <summary>Everything that a stream has, or null where that is more than is taken.</summary>
    private static async Task<PooledBytes?> ReadAll(
        Stream stream, int maxBytes, int expectedBytes, Filling filling, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Clamp(expectedBytes + 1, 4_096, maxBytes + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
                length += read;
                if (length > maxBytes || !filling.Add(buffer.AsSpan(length - read, read)))
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                if (read == 0)
                {
                    return new(buffer, length);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static Reading<PooledBytes> Refused(ProblemType type) => new Problem(type);

    /// <summary>What a body takes while it fills, and why it is left where it takes too much.</summary>
    private sealed class Filling(HeldBytes.Share? held, JsonMeter? meter)
    {
        private bool _isCrowded;

        /// <summary>What to answer in place of a body that was left.</summary>
        public Problem Refusal => _isCrowded ? new(ProblemTypes.Busy) { RetryAfterSeconds = 1 }
            : new(meter?.Excess ?? ProblemTypes.BodyTooLarge);

        public bool Add(ReadOnlySpan<byte> piece) => Take(piece.Length) && meter?.Add(piece) is not false;

        public bool Take(long bytes)
        {
            _isCrowded |= held?.TryTake(bytes) is false;
            return !_isCrowded;
        }
    }
}
