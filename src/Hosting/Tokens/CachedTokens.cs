using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stk.Hosting.Tokens;

/// <summary>
/// Checks a token's signature once: it costs more than all the rest of a small read. Only what passed every check is kept.
/// </summary>
public sealed class CachedTokens(TokenCache<TokenValidationResult> cache) : JsonWebTokenHandler
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
            var (from, until) = TokenRules.Validity(valid);
            cache.Keep(token, result, from, until);
        }

        return result;
    }
}
