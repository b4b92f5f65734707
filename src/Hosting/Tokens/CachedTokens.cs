using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stk.Hosting.Tokens;

/// <summary>
/// Checks a token's signature once: it costs more than all the rest of a small read. Only what passed every check is kept.
/// </summary>
public sealed class CachedTokens(TokenCache cache) : JsonWebTokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        if (cache.Find(token) is { } known)
        {
            return known;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && result.SecurityToken is { } valid)
        {
            var skew = validationParameters.ClockSkew;
            cache.Keep(token, result, Begin(valid) - skew, new DateTimeOffset(valid.ValidTo, TimeSpan.Zero) + skew);
        }

        return result;
    }

    // A token without a beginning has the least value there is, which no skew can be taken from.
    private static DateTimeOffset Begin(SecurityToken token) =>
        token.ValidFrom.Year > 1 ? new(token.ValidFrom, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
