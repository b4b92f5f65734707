using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Rules.Revocations;

namespace Stk.Cli.Authentication;

/// <summary>Signs what the API believes: who somebody is and in which role, until when.</summary>
internal static class TokenIssuer
{
    /// <summary>The claim <c>iss</c>, and <c>aud</c>.</summary>
    public const string Issuer = "stk";

    /// <summary>Value of the claim <c>use</c> in a sign-in code; a bearer token has no such claim.</summary>
    public const string SignInUse = "sign-in";

    /// <summary>
    /// The same in a code that signs a participant in to the pages, where the host is one for development.
    /// </summary>
    public const string PagesUse = "pages";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);
    public static readonly TimeSpan SignInLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a role's token lives where nobody says: as long as a host takes one, and 30 days at most.</summary>
    public static TimeSpan LifetimeOf(string role) => TokenLife.Longest(role) ?? TokenLifetime;

    /// <param name="role">One of <see cref="Role.All"/>.</param>
    /// <param name="subject">The participant; for <c>ingest</c> the source.</param>
    /// <param name="age">How long ago the subject has shown who they are: what needs a fresh login looks at it.</param>
    public static string Token(
        SigningKey key, string role, string subject, DateTimeOffset now, TimeSpan lifetime, TimeSpan age = default) =>
        Sign(key, subject, now, lifetime, new()
        {
            ["role"] = role,
            [JwtRegisteredClaimNames.AuthTime] = (now - age).ToUnixTimeSeconds(),
        });

    /// <summary>A link that signs an operator in, once: the host keeps the <c>jti</c> of codes it has seen.</summary>
    public static string SignInLink(SigningKey key, Uri address, string subject, DateTimeOffset now) =>
        $"{address.ToString().TrimEnd('/')}/ops/sign-in?code=" + Sign(
            // No role: sent as a bearer token by mistake or malice, the code opens nothing.
            key, subject, now, SignInLifetime, new() { ["use"] = SignInUse });

    /// <summary>The same for a participant, to the pages.</summary>
    public static string PagesLink(SigningKey key, Uri address, string subject, DateTimeOffset now) =>
        $"{address.ToString().TrimEnd('/')}/sign-in/link?code=" + Sign(
            key, subject, now, SignInLifetime, new() { ["use"] = PagesUse });

    private static string Sign(
        SigningKey key, string subject, DateTimeOffset now, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        claims[JwtRegisteredClaimNames.Sub] = subject;
        claims[JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N");
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.Add(lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
    }
}
