using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Rules.Revocations;

namespace Stk.Hosting.Tokens;

/// <summary>Verifies tokens that come with calls, each once, by the rules of those that come with requests.</summary>
public sealed class TokenVerifier(TokenKeys keys, TimeProvider time)
{
    // A kilobyte each.
    private const int TokensKept = 20_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenCache<VerifiedToken> _known = new(time, TokensKept);

    /// <summary>What a token says, where it was verified before and is still in force.</summary>
    public VerifiedToken? Find(string token) => _known.Find(token);

    /// <summary>What a token or a sign-in code says; null where it is none of ours or not in force.</summary>
    public async Task<VerifiedToken?> Verify(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, TokenRules.Parameters(keys));
        if (!result.IsValid || result.SecurityToken is not { } valid
            || Read(new(result.ClaimsIdentity), valid) is not { } verified || IsTooLong(verified))
        {
            return null;
        }

        if (verified.Role is not null)
        {
            var (from, until) = TokenRules.Validity(valid);
            _known.Keep(token, verified, from, until);
        }

        return verified;
    }

    // The least value there is where it does not say.
    private bool IsTooLong(VerifiedToken token) => token.Role is { } role && TokenLife.IsTooLong(
        role, token.Identity.IssuedAt == DateTimeOffset.MinValue ? null : token.Identity.IssuedAt, token.Expires,
        time.GetUtcNow(), TokenRules.Skew);

    private static VerifiedToken? Read(ClaimsPrincipal token, SecurityToken valid)
    {
        var expires = new DateTimeOffset(valid.ValidTo, TimeSpan.Zero);
        var identity = new TokenIdentity(
            TokenRules.OnlyValue(token, JwtRegisteredClaimNames.Jti), TokenRules.OnlyValue(token, TokenRules.Subject) ?? "",
            TokenRules.OnlyValue(token, TokenRules.RoleClaim) ?? "",
            // The least value there is where it does not say, which no zone can be taken from.
            valid is JsonWebToken { IssuedAt: { Year: > 1 } made } ? new(made, TimeSpan.Zero) : DateTimeOffset.MinValue);
        if (TokenRules.IsBearer(token))
        {
            // A bearer's token has exactly one of each.
            var subject = TokenRules.OnlyValue(token, TokenRules.Subject)!;
            return new(subject, TokenRules.OnlyValue(token, TokenRules.RoleClaim), SignInCode: null, expires)
            {
                Identity = identity,
                SignedInAt = TokenRules.OnlyInstant(token, TokenRules.SignedInAt),
            };
        }

        return TokenRules.SignInCode(token) is var (who, id) ? new(who, Role: null, id, expires) { Identity = identity }
            : TokenRules.PagesCode(token) is var (participant, code)
                ? new(participant, Role: null, code, expires) { Identity = identity, IsPagesCode = true }
                : null;
    }
}
