using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Stk.Hosting.Tokens;
using Stk.Rules.Revocations;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// What is asked of a token each time that it is used, after its signature: that it does not live longer than its role's
/// may, and has not ended before its time.
/// </summary>
internal sealed class TokenStanding(RevocationCache revocations, TimeProvider time)
{
    /// <summary>Whether a token that is signed well, and may be used as a bearer's, is good now.</summary>
    public async ValueTask<bool> IsGood(ClaimsPrincipal token, CancellationToken cancellation)
    {
        var role = TokenRules.OnlyValue(token, TokenRules.RoleClaim) ?? "";
        return TokenRules.OnlyInstant(token, JwtRegisteredClaimNames.Exp) is { } expires
            && !TokenLife.IsTooLong(
                role, TokenRules.OnlyInstant(token, JwtRegisteredClaimNames.Iat), expires, time.GetUtcNow(), TokenRules.Skew)
            && !await revocations.IsRevoked(Identity(token), cancellation);
    }

    /// <summary>Whether a session that a sign-in code has opened is good still.</summary>
    public async ValueTask<bool> IsGood(
        ClaimsPrincipal session, AuthenticationProperties sealedAt, CancellationToken cancellation) =>
        sealedAt.IssuedUtc is { } issued
        // One of a build that gave sessions no name of their own cannot be ended alone: it is opened anew.
        && TokenRules.OnlyValue(session, JwtRegisteredClaimNames.Jti) is not null
        && !await revocations.IsRevoked(Identity(session) with { IssuedAt = issued }, cancellation);

    /// <summary>What a revocation can name of a token.</summary>
    public static TokenIdentity Identity(ClaimsPrincipal token) => new(
        TokenRules.OnlyValue(token, JwtRegisteredClaimNames.Jti),
        TokenRules.OnlyValue(token, TokenRules.Subject) ?? "",
        TokenRules.OnlyValue(token, TokenRules.RoleClaim) ?? "",
        TokenRules.OnlyInstant(token, JwtRegisteredClaimNames.Iat) ?? DateTimeOffset.MinValue);
}
