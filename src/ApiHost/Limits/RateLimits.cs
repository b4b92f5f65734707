using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Limits;

/// <summary>
/// Requests a token (or an address, where there is none) may make. Off until <c>Stk:RateLimits</c> is configured; past
/// the rate 429 with Retry-After, at once.
/// </summary>
internal static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter(limiter => limiter.OnRejected = Answer);
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, configured) =>
            limiter.GlobalLimiter =
                PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, configured.Value)));
    }

    /// <summary>
    /// Nothing where no rate is configured: the framework's middleware has a timer that outlives its host, and holds all of
    /// it (ASP.NET Core 10).
    /// </summary>
    /// <exception cref="OptionsValidationException">What is configured is none.</exception>
    public static void UseRateLimits(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.RequestsPerSecond > 0)
        {
            app.UseRateLimiter();
        }
    }

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimitOptions options)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return RateLimitPartition.GetTokenBucketLimiter(Key(context), _ => new()
        {
            TokenLimit = Math.Max(options.Burst, options.RequestsPerSecond),
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }

    // A subject is one whatever its token; a role beside it, so that an ingest source is nobody's cabinet.
    private static string Key(HttpContext context) => context.User.Identity is { IsAuthenticated: true }
        ? $"{context.User.FindFirst("role")?.Value}:{context.User.FindFirst("sub")?.Value}"
        : $"address:{context.Connection.RemoteIpAddress}";

    private static async ValueTask Answer(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        await new Problem(ProblemTypes.RateLimited)
        {
            RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
        }.ExecuteAsync(rejected.HttpContext);
    }
}
