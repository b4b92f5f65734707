using System.Net.Sockets;
using System.Security.Authentication;
using Stk.Channels.Webhooks;
using Stk.Rules.Deliveries;

namespace Stk.Channels;

/// <summary>What is alike in all that is asked by HTTP.</summary>
internal static class HttpAnswers
{
    /// <summary>No answer is read further. Unit: bytes.</summary>
    public const int LengthMax = 64 * 1024;

    /// <summary>How long the other side asks to be left alone; null where it does not.</summary>
    public static TimeSpan? Asked(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    /// <summary>Talks for so long at most, and says what every failure of a connection means.</summary>
    public static async Task<DeliveryAnswer> Within(
        TimeSpan longest, TimeProvider time, Func<CancellationToken, Task<DeliveryAnswer>> talk,
        CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await talk(either.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && Reason(exception) is { } reason)
        {
            return new DeliveryAnswer.Failed(reason);
        }
    }

    /// <summary>What a failure of a connection means; null where it is none.</summary>
    public static string? Reason(Exception exception) => exception switch
    {
        AddressNotAllowedException => DeliveryReasons.AddressNotAllowed,
        OperationCanceledException or TimeoutException => DeliveryReasons.Timeout,
        AuthenticationException => DeliveryReasons.NoTls,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            DeliveryReasons.NameNotFound,
        HttpRequestException { InnerException: { } inner } when Reason(inner) is { } reason => reason,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => DeliveryReasons.NoTls,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => DeliveryReasons.NameNotFound,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError,
        } => DeliveryReasons.AnswerNotUnderstood,
        HttpRequestException or IOException or SocketException => DeliveryReasons.NoConnection,
        _ => null,
    };
}
