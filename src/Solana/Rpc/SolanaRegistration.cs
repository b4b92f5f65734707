using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Stk.Solana.Rpc;

/// <summary>Registers the nodes of the section <c>Solana</c>.</summary>
public static class SolanaRegistration
{
    public static IServiceCollection AddSolana(this IServiceCollection services)
    {
        services.AddOptions<SolanaOptions>()
            .BindConfiguration(SolanaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<ISolanaNodes, SolanaNodes>();
        services.AddHttpClient(RpcClient.HttpName, client =>
            {
                // The pipeline below has the time-outs.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = RpcClient.LongestAnswer;
            })
            // They write addresses, and a node's may hold a key; what has failed is logged by the node's name.
            .RemoveAllLoggers()
            .AddStandardResilienceHandler()
            // One node's open circuit must not close the other's, even where they share a host.
            .SelectPipelineBy(_ => request => request.RequestUri?.AbsoluteUri ?? "")
            .Configure((pipeline, provider) =>
                Configure(pipeline, provider.GetRequiredService<IOptions<SolanaOptions>>().Value));
        return services;
    }

    private static void Configure(HttpStandardResilienceOptions pipeline, SolanaOptions options)
    {
        pipeline.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(options.AttemptTimeoutMs);
        pipeline.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(options.TotalTimeoutMs);
        // The handler's own rules: at least half a second, and twice the attempt's time-out.
        pipeline.CircuitBreaker.SamplingDuration =
            TimeSpan.FromMilliseconds(Math.Max(500, 2.0 * options.AttemptTimeoutMs));
        pipeline.Retry.MaxRetryAttempts = options.Retries;
        pipeline.Retry.Delay = TimeSpan.FromMilliseconds(options.RetryDelayMs);
        pipeline.Retry.BackoffType = DelayBackoffType.Exponential;
        pipeline.Retry.UseJitter = true;
        pipeline.Retry.ShouldRetryAfterHeader = true;
        var longest = TimeSpan.FromMilliseconds(options.LongestRetryAfterMs);
        pipeline.Retry.ShouldHandle = attempt => ValueTask.FromResult(
            HttpClientResiliencePredicates.IsTransient(attempt.Outcome)
            && !(attempt.Outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } answer
                && RpcClient.RetryAfter(answer) > longest));
    }
}
