using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Hosting;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Requests;

/// <summary>What came of reading a body. A closed set.</summary>
internal abstract record BodyReading
{
    private BodyReading()
    {
    }

    /// <summary>Read whole. Whoever asked disposes it.</summary>
    public sealed record Read(PooledBytes Body) : BodyReading;

    public sealed record Refused(Problem Problem) : BodyReading;
}

/// <summary>Reads a request's JSON body whole, as bytes, decompressed, within a limit.</summary>
internal static class RequestBody
{
    // RFC 1952: 10 bytes of header, at least 2 of an empty block, 8 of trailer.
    private const int LeastGzipBytes = 20;

    /// <param name="maxBytes">After decompression; as sent, the server's own limit holds too.</param>
    public static async Task<BodyReading> Read(HttpRequest request, int maxBytes)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return Refused(ProblemTypes.UnsupportedMediaType);
        }

        var encoding = request.Headers.ContentEncoding;
        var isGzip = encoding.Count == 1 && string.Equals(encoding[0], "gzip", StringComparison.OrdinalIgnoreCase);
        if (!isGzip && encoding.Count > 0
            && !(encoding.Count == 1 && string.Equals(encoding[0], "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return Refused(ProblemTypes.UnsupportedEncoding);
        }

        if (request.ContentLength > maxBytes)
        {
            return Refused(ProblemTypes.BodyTooLarge);
        }

        PooledBytes? sent;
        try
        {
            sent = await ReadSent(request, maxBytes);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refused(ProblemTypes.RequestTimeout);
        }

        if (sent is null)
        {
            return Refused(ProblemTypes.BodyTooLarge);
        }

        return isGzip ? await Decompress(sent, maxBytes) : new BodyReading.Read(sent);
    }

    private static async Task<PooledBytes?> ReadSent(HttpRequest request, int maxBytes)
    {
        var limits = request.HttpContext.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(TimeSpan.FromSeconds(limits.BodySeconds));
        return await ReadAll(request.Body, maxBytes, (int?)request.ContentLength ?? 0, patience.Token);
    }

    private static async Task<BodyReading> Decompress(PooledBytes sent, int maxBytes)
    {
        using (sent)
        {
            try
            {
                await using var gzip = new GZipStream(sent.AsStream(), CompressionMode.Decompress);
                var plain = await ReadAll(gzip, maxBytes, sent.Length, CancellationToken.None);
                if (plain is null)
                {
                    return Refused(ProblemTypes.BodyTooLarge);
                }

                if (IsWhole(sent.Memory.Span, plain.Length))
                {
                    return new BodyReading.Read(plain);
                }

                plain.Dispose();
                return Refused(ProblemTypes.MalformedEncoding);
            }
            catch (InvalidDataException)
            {
                return Refused(ProblemTypes.MalformedEncoding);
            }
        }
    }

    // GZipStream takes the end of its input for the end of the stream, wherever it comes: a cut body would be read as
    // a shorter one. The trailer's last 4 bytes are the length, modulo 2^32.
    private static bool IsWhole(ReadOnlySpan<byte> gzip, int plainBytes) =>
        gzip.Length >= LeastGzipBytes && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]) == (uint)plainBytes;

    /// <summary>Everything that a stream has, or null where that is more than <paramref name="maxBytes"/>.</summary>
    private static async Task<PooledBytes?> ReadAll(
        Stream stream, int maxBytes, int expectedBytes, CancellationToken cancellation)
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
                if (length > maxBytes)
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

    private static BodyReading.Refused Refused(ProblemType type) => new(new Problem(type));
}
