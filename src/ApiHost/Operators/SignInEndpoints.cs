using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Revocations;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Operators;

/// <summary>Turns a sign-in code into a cookie, once. A code is a token for nothing else.</summary>
internal static class SignInEndpoints
{
    // A browser has no other way to ask: the dashboard is its makers', and has no button of ours.
    private const string SignOutPage =
        "<!doctype html><title>Sign out</title><form method=post action=/ops/sign-out><button autofocus>Sign out</button></form>";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ops/sign-in", SignIn).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(
                "/ops/sign-out", [HttpMethods.Get, HttpMethods.Head], () => TypedResults.Content(SignOutPage, "text/html"))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/ops/sign-out", SignOut).RequireAuthorization(Policy.Session).ExcludeFromDescription();
    }

    private static async Task<IResult> SignIn(
        HttpContext context, TokenKeys keys, GrainCalls calls, ILogger<TokenKeys> logger)
    {
        if (new Parameters(context.Request.Query).Text("code") is not { } code
            || await Read(code, keys) is not var (subject, id, expires))
        {
            return new Problem(OperatorProblems.SignInCodeInvalid);
        }

        // The code is its own proof: the silo verifies it as this host has.
        CallProof.Show(code);
        // Sent once: a second copy would find the code used, by the first.
        if (!await calls.WriteOnce(grains => grains.GetGrain<ISignInGrain>(id).RedeemBy(subject, expires)))
        {
            return new Problem(OperatorProblems.SignInCodeInvalid);
        }

        var identity = new ClaimsIdentity(
            // The code's name is the session's: it can be ended alone.
            [
                new(TokenRules.Subject, subject), new(TokenRules.RoleClaim, Role.Operator),
                new(JwtRegisteredClaimNames.Jti, id),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme, TokenRules.Subject, TokenRules.RoleClaim);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(identity));
        Log.OperatorSignedIn(logger, subject);
        return TypedResults.LocalRedirect(OperatorEndpoints.DashboardPath + "/");
    }

    // On every host, and whoever has copied the cookie: the session ends, not the browser's copy of it.
    private static async Task<IResult> SignOut(HttpContext context, GrainCalls calls, ILogger<TokenKeys> logger)
    {
        var session = TokenStanding.Identity(context.User);
        await calls.Write(
            async (grains, attempt) =>
            {
                await grains.GetGrain<IRevocationsGrain>(0).SignOut(session.Id ?? "", session.Subject, attempt);
                return true;
            },
            CancellationToken.None);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        Log.OperatorSignedOut(logger, session.Subject);
        return TypedResults.Text("Signed out.");
    }

    private static async Task<(string Subject, string Id, DateTimeOffset Expires)?> Read(string code, TokenKeys keys)
    {
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }
            .ValidateTokenAsync(code, TokenRules.Parameters(keys));
        if (!result.IsValid)
        {
            return null;
        }

        return TokenRules.SignInCode(new(result.ClaimsIdentity)) is var (subject, id)
            ? (subject, id, new(result.SecurityToken.ValidTo, TimeSpan.Zero))
            : null;
    }
}
