using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Faults;

namespace Stk.ApiHost.Problems;

/// <summary>Makes every answer that is no success problem details, also those that the framework gives by itself.</summary>
internal static class ProblemAnswers
{
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            AllowStatusCode404Response = true,
            // Ours says it once, with an id: the middleware's own would write the request's path beside it.
            SuppressDiagnosticsCallback = _ => true,
            ExceptionHandler = context => Answer(
                context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error),
        });
        app.UseStatusCodePages(context =>
            new Problem(ProblemTypes.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
    }

    /// <summary>
    /// Whether what failed fails for all that is asked now, so that it is asked again; else it is a fault of ours that the
    /// same request would meet again.
    /// </summary>
    public static bool IsForAll(Exception exception) => exception is OperationCanceledException or ClusterBusyException
        or LimitExceededException or GatewayTooBusyException or DatabaseUnavailableException or CommitUnknownException
        or OutcomeUnknownException or ClusterUnavailableException or CallRefusedException;

    private static Task Answer(HttpContext context, Exception exception)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<Problem>>();
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        var problem = Of(exception, logger);
        if (problem.Type == ProblemTypes.TokenInvalid)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"stk\", error=\"invalid_token\"";
        }

        return problem.ExecuteAsync(context);
    }

    private static Problem Of(Exception exception, ILogger logger)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return new(ProblemTypes.OfStatus(bad.StatusCode));
            // It was good when it came here: it has ended since, or the silos have other keys.
            case CallRefusedException { Reason: CallRefusal.NotProven } refused:
                Log.CallRefused(logger, refused);
                return new(ProblemTypes.TokenInvalid);
            case ClusterBusyException or LimitExceededException or GatewayTooBusyException:
                return new(ProblemTypes.Busy) { RetryAfterSeconds = 1 };
            case DatabaseUnavailableException:
                return new(ProblemTypes.StorageUnavailable) { RetryAfterSeconds = 1 };
            case CommitUnknownException:
                return new(ProblemTypes.OutcomeUnknown) { RetryAfterSeconds = 1 };
            case OutcomeUnknownException unknown:
                Log.OutcomeUnknown(logger, unknown.InnerException);
                return new(ProblemTypes.OutcomeUnknown) { RetryAfterSeconds = 1 };
            case ClusterUnavailableException unavailable:
                Log.Unavailable(logger, unavailable.InnerException);
                return new(ProblemTypes.Unavailable) { RetryAfterSeconds = 1 };
            default:
                Log.RequestFailed(logger, exception);
                return new(ProblemTypes.InternalError);
        }
    }
}
