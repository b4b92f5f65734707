using Stk.Hosting.Callers;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// Sends a request's token along with each call that is made for it: a silo verifies it itself, and believes nothing that
/// this host says of who asks. A dashboard's page by the cookie has none: its calls are this host's own.
/// </summary>
internal static class CallersToken
{
    public static void UseCallersToken(this WebApplication app) => app.Use(static async (context, next) =>
    {
        if (context.Features.Get<VerifiedBearer>() is { } bearer)
        {
            CallProof.Show(bearer.Token);
        }

        await next(context);
    });
}
