using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;

namespace Stk.Grains.Tests.Economies;

/// <summary>
/// As whom a test calls. By itself it holds the silos' secret, so that it may ask each actor for anything; where it acts as
/// somebody it has that one's token, signed with a key that the silos know, and nothing more, as an API host.
/// </summary>
internal static class Acting
{
    private const string Kid = "tests";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly AsyncLocal<bool> IsClient = new();

    /// <summary>Of all silos here.</summary>
    public static SiloSecrets Secrets { get; } = SiloSecrets.Create();

    /// <summary>By which the silos here verify.</summary>
    public static TokenKeys Keys { get; } = ReadKeys();

    /// <summary>Gives a client of the silos these ways to call.</summary>
    public static void Add(IServiceCollection client) =>
        client.AddSingleton<IOutgoingGrainCallFilter>(new Filter(new SiloCallFilter(Secrets)));

    /// <summary>Calls from here on are a caller's, until what is returned is disposed of.</summary>
    /// <param name="role">As in the token.</param>
    public static IDisposable As(string role, string subject) => WithToken(Token(role, subject));

    /// <summary>Calls from here on come from a client with nothing to show, until what is returned is disposed of.</summary>
    public static IDisposable AsNobody()
    {
        IsClient.Value = true;
        return new Act();
    }

    /// <summary>Calls from here on bring this, until what is returned is disposed of.</summary>
    public static IDisposable WithToken(string token)
    {
        CallProof.Show(token);
        return AsNobody();
    }

    public static string Token(string role, string subject, ECDsa? key = null, TimeSpan? lifetime = null) => Sign(
        new() { [TokenRules.Subject] = subject, [TokenRules.RoleClaim] = role },
        DateTime.UtcNow + (lifetime ?? TimeSpan.FromMinutes(30)), key);

    public static string Code(string subject, string id, DateTime expires) => Sign(
        new() { [TokenRules.Subject] = subject, [TokenRules.Use] = TokenRules.SignInUse, ["jti"] = id }, expires, Key);

    /// <summary>A code that signs in to the pages.</summary>
    public static string PagesCode(string subject, string id, DateTime expires) => Sign(
        new() { [TokenRules.Subject] = subject, [TokenRules.Use] = TokenRules.PagesUse, ["jti"] = id }, expires, Key);

    private static string Sign(Dictionary<string, object> claims, DateTime expires, ECDsa? key) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenRules.Issuer,
            Audience = TokenRules.Issuer,
            NotBefore = DateTime.UtcNow.AddDays(-1),
            Expires = expires,
            Claims = claims,
            SigningCredentials = new(new ECDsaSecurityKey(key ?? Key) { KeyId = Kid }, SecurityAlgorithms.EcdsaSha256)
            {
                CryptoProviderFactory = new() { CacheSignatureProviders = false },
            },
        });

    private static TokenKeys ReadKeys()
    {
        var directory = Directory.CreateTempSubdirectory("stk-keys-").FullName;
        File.WriteAllText(Path.Combine(directory, Kid + TokenKeys.Suffix), Key.ExportSubjectPublicKeyInfoPem());
        var keys = TokenKeys.Read(directory);
        Directory.Delete(directory, recursive: true);
        return keys;
    }

    private sealed class Filter(SiloCallFilter silo) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) => IsClient.Value ? context.Invoke() : silo.Invoke(context);
    }

    private sealed class Act : IDisposable
    {
        public void Dispose()
        {
            IsClient.Value = false;
            CallProof.Hide();
        }
    }
}
