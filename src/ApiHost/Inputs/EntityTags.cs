using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>Entity tags (RFC 9110, 8.8.3): a client that polls is told in a few bytes that nothing is new.</summary>
internal static class EntityTags
{
    public const string ListRule =
        "must be * or tags as a service's ETag gives them, in quotes, such as \"3\" or \"3\", \"4\"";

    /// <summary>
    /// Answers of this endpoint carry an ETag, and 304 where the client has it: the body's hash, unless the endpoint has
    /// set one.
    /// </summary>
    public static RouteHandlerBuilder WithETag(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(async (context, next) =>
        {
            var answer = await next(context);
            return answer is IResult result ? new Tagged(result) : answer;
        })
        .WithMetadata(new TaggedDescription());

    /// <summary>A service's tag: its version.</summary>
    public static string OfVersion(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>A tag of what is in an answer beside the time at which it was asked.</summary>
    public static string OfMeaning(ReadOnlySpan<byte> bytes) => $"W/{OfBytes(bytes)}";

    /// <summary>What If-None-Match names, without quotes and weakness; <c>*</c> for any.</summary>
    public static ImmutableArray<string> KnownTags(this HttpRequest request) => request.Headers.IfNoneMatch.Count == 0
        ? []
        : [.. request.GetTypedHeaders().IfNoneMatch.Select(tag => tag.Tag.Value?.Trim('"') ?? "")];

    /// <summary>What If-Match asks of a service.</summary>
    public static Reading<VersionMatch> VersionMatch(this HttpRequest request)
    {
        var values = request.Headers.IfMatch;
        if (values.Count == 0)
        {
            return new Reading<VersionMatch>.Read(Inputs.VersionMatch.None);
        }

        return EntityTagHeaderValue.TryParseStrictList([.. values.OfType<string>()], out var tags)
            ? new Reading<VersionMatch>.Read(Inputs.VersionMatch.Of(tags))
            : Problem.Invalid("If-Match", ListRule);
    }

    private static string OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return $"\"{Convert.ToHexStringLower(hash[..16])}\"";
    }

    // If-None-Match compares weakly: what is before the quotes does not matter.
    private static bool IsKnown(HttpRequest request, string tag)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
        {
            return false;
        }

        var known = request.GetTypedHeaders().IfNoneMatch;
        return EntityTagHeaderValue.TryParse(tag, out var current)
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(current, useStrongComparison: false));
    }

    /// <summary>Writes an answer to memory first: these are small, and their tag must come before them.</summary>
    private sealed class Tagged(IResult result) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var connection = httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            using var body = new MemoryStream();
            var memory = new StreamResponseBodyFeature(body);
            httpContext.Features.Set<IHttpResponseBodyFeature>(memory);
            // HEAD's tag is GET's: some results leave the body out by themselves, and what is left has another hash.
            var method = httpContext.Request.Method;
            httpContext.Request.Method = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
            try
            {
                await result.ExecuteAsync(httpContext);
                await memory.CompleteAsync();
            }
            finally
            {
                httpContext.Features.Set(connection);
                httpContext.Request.Method = method;
            }

            var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
            if (response.StatusCode == StatusCodes.Status200OK)
            {
                var tag = response.Headers.ETag is [{ } own] ? own : OfBytes(bytes.Span);
                response.Headers.ETag = tag;
                if (IsKnown(httpContext.Request, tag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    response.ContentType = null;
                    response.ContentLength = null;
                    return;
                }
            }

            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}

/// <summary>An endpoint with entity tags, for the API's description.</summary>
internal sealed record TaggedDescription;
