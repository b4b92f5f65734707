using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Health;

/// <summary>For whoever starts and watches the host: live while it runs, ready while the cluster answers.</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<ClusterReadiness>();

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(ClusterReadiness readiness, CancellationToken cancellation) =>
        await readiness.IsReady(cancellation)
            ? TypedResults.Text("ready")
            : new Problem(ProblemTypes.Unavailable) { RetryAfterSeconds = 1 };
}
