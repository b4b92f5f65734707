using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Limits;

/// <summary>
/// A body has one length. Kestrel reads a request with both Content-Length and chunks by its chunks, as RFC 9112 allows,
/// and closes the connection after it; a proxy in front that goes by the length sees another request. It is refused.
/// </summary>
internal static class OneLength
{
    /// <summary>Where Kestrel leaves the Content-Length that it has not gone by.</summary>
    private const string Ignored = "X-Content-Length";

    public static void UseOneLength(this WebApplication app) => app.Use((context, next) =>
        context.Request.Headers.TransferEncoding.Count > 0 && context.Request.Headers.ContainsKey(Ignored)
            ? new Problem(ProblemTypes.MalformedRequest).ExecuteAsync(context)
            : next(context));
}
