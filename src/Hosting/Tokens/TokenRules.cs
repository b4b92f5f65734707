using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Rules.Texts;

namespace Stk.Hosting.Tokens;

/// <summary>What a token must be: signed with ES256 by one of our keys, ours, and in force.</summary>
public static class TokenRules
{
    public const string Issuer = "stk";
    public const string Subject = "sub";
    public const string RoleClaim = "role";

    /// <summary>A claim that a bearer token does not have: it says what else the token is for.</summary>
    public const string Use = "use";

    public const string SignInUse = "sign-in";

    /// <summary>Of a code that signs a participant in to the pages.</summary>
    public const string PagesUse = "pages";

    /// <summary>When the subject has shown who they are, in seconds of Unix time (OpenID Connect Core, section 2).</summary>
    public const string SignedInAt = "auth_time";

    private const string Critical = "crit";

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
        TypeValidator = RefuseExtensions,
        NameClaimType = Subject,
        RoleClaimType = RoleClaim,
    };

    /// <summary>Whether a token that is signed well may be used as a bearer's.</summary>
    public static bool IsBearer(ClaimsPrincipal token) =>
        OnlyValue(token, RoleClaim) is { } role && Role.All.Contains(role)
        && OnlyValue(token, Subject) is { } subject && IsSubject(subject, role)
        && !token.HasClaim(claim => claim.Type == Use);

    /// <summary>
    /// Whether a role's subject can be called so. Participants and sources are known where they are kept, by which their old
    /// names go on; operators and auditors are known by this name alone, and no second one may look the same.
    /// </summary>
    public static bool IsSubject(string subject, string role) =>
        (role is Role.Operator or Role.Auditor ? OutsideName.Broken(subject) : OutsideName.Malformed(subject)) is null;

    /// <summary>Whose sign-in code a token that is signed well is, and its id; null where it is none.</summary>
    public static (string Subject, string Id)? SignInCode(ClaimsPrincipal token) =>
        OnlyValue(token, Use) == SignInUse
        && OnlyValue(token, Subject) is { } subject && IsSubject(subject, Role.Operator)
        && OnlyValue(token, JwtRegisteredClaimNames.Jti) is { } id && OutsideName.Malformed(id) is null
            ? (subject, id)
            : null;

    /// <summary>Whose code for the pages a token that is signed well is, and its id; null where it is none.</summary>
    public static (string Subject, string Id)? PagesCode(ClaimsPrincipal token) =>
        OnlyValue(token, Use) == PagesUse
        && OnlyValue(token, Subject) is { } subject && IsSubject(subject, Role.Participant)
        && OnlyValue(token, JwtRegisteredClaimNames.Jti) is { } id && OutsideName.Malformed(id) is null
            ? (subject, id)
            : null;

    /// <summary>From when until when a token that is signed well is believed, the clocks' difference included.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Validity(SecurityToken token) =>
        (Begin(token) - Skew, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Skew);

    // A token without a beginning has the least value there is, which no skew can be taken from.
    private static DateTimeOffset Begin(SecurityToken token) =>
        token.ValidFrom.Year > 1 ? new(token.ValidFrom, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;

    // RFC 7515, 4.1.11: who does not understand an extension that a token calls critical refuses the token. We know of none,
    // and the library does not look. The validator of types is the one that is called for each token, signed well or not.
    private static string RefuseExtensions(string type, SecurityToken token, TokenValidationParameters parameters) =>
        token is JsonWebToken known && !known.TryGetHeaderValue<object>(Critical, out _)
            ? type
            : throw new SecurityTokenInvalidTypeException("a token with extensions that nobody here understands");

    /// <summary>An instant in seconds of Unix time; null where the claim is absent, there twice, or none.</summary>
    public static DateTimeOffset? OnlyInstant(ClaimsPrincipal token, string type) =>
        long.TryParse(OnlyValue(token, type), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static string? OnlyValue(ClaimsPrincipal token, string type)
    {
        using var claims = token.FindAll(type).GetEnumerator();
        var value = claims.MoveNext() ? claims.Current.Value : null;
        return claims.MoveNext() ? null : value;
    }
}
