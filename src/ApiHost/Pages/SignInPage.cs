using Microsoft.IdentityModel.JsonWebTokens;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Operators;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;
using Stk.GrainInterfaces.Sessions;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Pages;

/// <summary>
/// Signing in and out. The session is made in the silo, which verifies the link's code itself; here is only its cookie.
/// </summary>
internal static class SignInPage
{
    public static IResult Get(HttpContext context)
    {
        var query = context.Request.Query;
        // Whatever opens the session comes back without it: a link says nothing of where one was.
        if (query["return"] is [{ Length: > 0 } back])
        {
            ReturnCookie.Set(context.Response, LocalPath.Of(back));
        }

        return new PageResult<SignIn>(PageFrames.Anonymous(context), new SignInModel(
            query["ended"] == "true", query["out"] == "true"));
    }

    /// <summary>In Development alone.</summary>
    public static async Task<IResult> Link(
        HttpContext context, TokenKeys keys, GrainCalls calls, SessionCookie cookie, ILogger<SessionCookie> logger)
    {
        var parameters = new Parameters(context.Request.Query);
        if (parameters.Text("code") is not { } code || await Read(code, keys) is not var (subject, id, expires))
        {
            return new Problem(OperatorProblems.SignInCodeInvalid);
        }

        // The code is its own proof: the silo verifies it as this host has.
        CallProof.Show(code);
        // Sent once: a second copy would find the code used, by the first.
        if (await calls.WriteOnce(grains => grains.GetGrain<ISessionCodeGrain>(id)
            .Open(subject, expires, CancellationToken.None)) is not { } opened)
        {
            return new Problem(OperatorProblems.SignInCodeInvalid);
        }

        CallProof.Hide();
        if (cookie.Read(context.Request) is { } former)
        {
            await End(calls, (sessions, attempt) => sessions.End(former, attempt));
        }

        cookie.Set(context.Response, opened);
        Log.SessionOpened(logger, subject);
        var back = LocalPath.Of(parameters.Text("return") ?? ReturnCookie.Read(context.Request));
        ReturnCookie.Delete(context.Response);
        return new SeeOther(back);
    }

    public static async Task<IResult> ConfirmOut(HttpContext context) =>
        new PageResult<SignOut>(await PageFrames.Of(context));

    public static async Task<IResult> Out(
        HttpContext context, GrainCalls calls, SessionCookie cookie, ILogger<SessionCookie> logger)
    {
        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        var caller = context.Features.Get<PageCaller>()!;
        var isAll = form["all"] == "true";
        await End(calls, (sessions, attempt) =>
            isAll ? sessions.EndAll(caller.Secret, attempt) : sessions.End(caller.Secret, attempt));
        cookie.Delete(context.Response);
        Log.SessionEnded(logger, caller.Session.Subject);
        return new SeeOther($"{SessionGate.SignInPath}?out=true");
    }

    private static Task<bool> End(GrainCalls calls, Func<ISessionsGrain, CancellationToken, Task> end) => calls.Write(
        async (grains, attempt) =>
        {
            await end(grains.GetGrain<ISessionsGrain>(0), attempt);
            return true;
        },
        CancellationToken.None);

    private static async Task<(string Subject, string Id, DateTimeOffset Expires)?> Read(string code, TokenKeys keys)
    {
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }
            .ValidateTokenAsync(code, TokenRules.Parameters(keys));
        return result.IsValid && TokenRules.PagesCode(new(result.ClaimsIdentity)) is var (subject, id)
            ? (subject, id, new(result.SecurityToken.ValidTo, TimeSpan.Zero))
            : null;
    }
}

/// <param name="HasEnded">A session was there, and is over.</param>
/// <param name="IsOut">Somebody has just signed out.</param>
public sealed record SignInModel(bool HasEnded, bool IsOut);
