using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Stk.Client.Connections;

/// <summary>When a request is sent again. Harmless for each that the client makes: writes carry their key.</summary>
internal static class Repeats
{
    /// <summary>
    /// A service that asks for more is answered with its refusal: nobody waits for minutes without a word.
    /// </summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    public static ResiliencePipeline<HttpResponseMessage> Pipeline(ClientSettings settings)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = settings.Time };
        if (settings.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                Delay = settings.FirstPause,
                MaxDelay = settings.LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is HttpRequestException or TimeoutRejectedException
                    || attempt.Outcome.Result is { } answer && IsPassing(answer)),
            });
        }

        return pipeline.AddTimeout(settings.AttemptTimeout).Build();
    }

    // A 500 is a fault of the service: asked again it gives the same.
    private static bool IsPassing(HttpResponseMessage answer) => answer.StatusCode
        is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        && !(answer.Headers.RetryAfter?.Delta > LongestRetryAfter);
}
