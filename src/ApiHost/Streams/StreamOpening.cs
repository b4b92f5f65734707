using System.Globalization;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Problems;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Streams;

/// <summary>Opens streams: so many of a kind for one subject, each until its token ends.</summary>
internal sealed class StreamOpening(OpenStreams streams, RevocationCache revocations)
{
    /// <summary>Where a reader was when its stream broke off.</summary>
    public const string LastEvent = "Last-Event-ID";

    /// <param name="kind">Of the stream: <c>balance</c>, <c>notices</c>.</param>
    /// <param name="tooMany">What a subject is answered that has as many as it may.</param>
    /// <param name="send">Given when the token ends, and what fires where it ends before its time.</param>
    public async Task<IResult> Open(
        HttpContext context, string kind, ProblemType tooMany, Func<DateTimeOffset, CancellationToken, Task> send)
    {
        using var place = streams.TryOpen(kind, Subject(context));
        if (place is null)
        {
            return new Problem(tooMany) { RetryAfterSeconds = 1 };
        }

        using var revoked = new CancellationTokenSource();
        using var watch = revocations.OnEnd(TokenStanding.Identity(context.User), revoked.Cancel);
        await send(TokenEnd(context), revoked.Token);
        return TypedResults.Empty;
    }

    // A role beside it, so that a participant's streams are not an operator's of the same name.
    private static string Subject(HttpContext context) =>
        $"{context.User.FindFirst(TokenRules.RoleClaim)?.Value}:{context.User.SubjectId()}";

    private static DateTimeOffset TokenEnd(HttpContext context) =>
        long.TryParse(context.User.FindFirst("exp")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + TokenRules.Skew
            : throw new InvalidOperationException("a token without an end passed");
}
