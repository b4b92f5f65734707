using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using Stk.Rules.Participants;

namespace Stk.ApiHost.Authentication;

/// <summary>What a token must be: signed with ES256 by one of our keys, ours, and in force.</summary>
internal static class TokenRules
{
    public const string Issuer = "stk";
    public const string Subject = "sub";
    public const string RoleClaim = "role";

    /// <summary>A claim that a bearer token does not have: it says what else the token is for.</summary>
    public const string Use = "use";

    public const string SignInUse = "sign-in";

    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public static TokenValidationParameters Parameters(TokenKeys keys) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeyResolver = (_, _, kid, _) => keys.Find(kid) is { } key ? [key] : [],
        TryAllIssuerSigningKeys = false,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        ClockSkew = Skew,
        NameClaimType = Subject,
        RoleClaimType = RoleClaim,
    };

    /// <summary>Whether a token that is signed well may be used as a bearer's.</summary>
    public static bool IsBearer(ClaimsPrincipal token) =>
        OnlyValue(token, Subject) is { } subject && ParticipantId.IsValid(subject)
        && OnlyValue(token, RoleClaim) is { } role && Role.All.Contains(role)
        && !token.HasClaim(claim => claim.Type == Use);

    public static string? OnlyValue(ClaimsPrincipal token, string type)
    {
        using var claims = token.FindAll(type).GetEnumerator();
        var value = claims.MoveNext() ? claims.Current.Value : null;
        return claims.MoveNext() ? null : value;
    }
}
