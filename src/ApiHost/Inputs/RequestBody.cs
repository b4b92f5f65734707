using System.Buffers;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Limits;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>Reads a request's JSON body whole, as bytes, decompressed, within a limit.</summary>
internal static class RequestBody
{
    /// <returns>What was read whole: whoever asked disposes it.</returns>
    /// <param name="maxBytes">After decompression; as sent, the server's own limit holds too.</param>
    public static async Task<Reading<PooledBytes>> Read(HttpRequest request, int maxBytes)
    {
        if (!IsJson(request.ContentType))
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

        return isGzip ? Decompress(sent, maxBytes) : new Reading<PooledBytes>.Read(sent);
    }

    private static async Task<PooledBytes?> ReadSent(HttpRequest request, int maxBytes)
    {
        var limits = request.HttpContext.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(TimeSpan.FromSeconds(limits.BodySeconds));
        return await ReadAll(request.Body, maxBytes, (int?)request.ContentLength ?? 0, patience.Token);
    }

    // A parameter's value may stand in quotes and be the same (RFC 9110, 5.6.6).
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
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

    private static Reading<PooledBytes> Decompress(PooledBytes sent, int maxBytes)
    {
        using (sent)
        {
            try
            {
                return GzipMembers.Decompress(sent.Memory, maxBytes) is { } plain
                    ? new Reading<PooledBytes>.Read(plain)
                    : Refused(ProblemTypes.BodyTooLarge);
            }
            catch (InvalidDataException)
            {
                return Refused(ProblemTypes.MalformedEncoding);
            }
        }
    }

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

    private static Reading<PooledBytes> Refused(ProblemType type) => new Problem(type);
}
