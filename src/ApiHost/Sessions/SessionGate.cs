using System.Security.Claims;
using Microsoft.AspNetCore.WebUtilities;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Sessions;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Sessions;

/// <summary>
/// Lets a participant's session in to its pages, and hands its secret on with each call: a silo looks it up itself, and
/// believes nothing that this host says of who asks. A bearer token opens no page, and the cookie no API.
/// </summary>
internal static class SessionGate
{
    public const string SignInPath = "/sign-in";

    private const string Scheme = "session";

    public static RouteGroupBuilder RequireSession(this RouteGroupBuilder pages) => pages.AddEndpointFilter(
        static async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            if (await Find(context) is not { } caller)
            {
                return await SignIn(context);
            }

            CallProof.Show(caller.Secret);
            context.Features.Set(caller);
            context.User = new(new ClaimsIdentity(
                [new(TokenRules.Subject, caller.Session.Subject), new(TokenRules.RoleClaim, caller.Session.Role)],
                Scheme, TokenRules.Subject, TokenRules.RoleClaim));
            try
            {
                return await next(invocation);
            }
            catch (CallRefusedException refused) when (refused.Reason == CallRefusal.NotProven)
            {
                // It was good when it came here, and has ended since.
                return await SignIn(context);
            }
        });

    /// <summary>The caller of a page that is for everybody; null where nobody is signed in.</summary>
    public static async Task<PageCaller?> Find(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<SessionCookie>().Read(context.Request) is not { } secret)
        {
            return null;
        }

        var session = await services.GetRequiredService<GrainCalls>().Read(
            (grains, attempt) => grains.GetGrain<ISessionsGrain>(0).Find(secret, attempt), context.RequestAborted);
        return session is { Role: Role.Participant } ? new(session, secret) : null;
    }

    private static async Task<SeeOther> SignIn(HttpContext context)
    {
        var request = context.Request;
        var hadOne = context.RequestServices.GetRequiredService<SessionCookie>().Read(request) is not null;
        var back = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? request.Path + request.QueryString.Value
            : await Typed(context);
        return new($"{SignInPath}?return={Uri.EscapeDataString(LocalPath.Of(back))}{(hadOne ? "&ended=true" : "")}");
    }

    // A form that was sent has no address to come back to: its page has, and takes what was typed from there.
    private static async Task<string> Typed(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<KeptFields>() is { } kept
        && await OwnForms.Read(context) is { } form
            ? QueryHelpers.AddQueryString(
                context.Request.Path.Value ?? "/",
                form.Keys.Where(name => kept.Keeps(name) && form[name] is [{ Length: > 0 }])
                    .Select(name => KeyValuePair.Create(name, (string?)form[name].ToString())))
            : "/";
}
