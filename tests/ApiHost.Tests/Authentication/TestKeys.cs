using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stk.ApiHost.Tests.Authentication;

/// <summary>A directory with one key pair, and tokens signed with it.</summary>
public sealed class TestKeys : IDisposable
{
    public const string DefaultKid = "development-test";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _kid;

    public TestKeys(string kid = DefaultKid)
    {
        _kid = kid;
        Directory = System.IO.Directory.CreateTempSubdirectory("stk-keys-").FullName;
        File.WriteAllText(Path.Combine(Directory, kid + ".pub.pem"), PublicPem);
    }

    public string Directory { get; }

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    public string Token(string role, string subject = "ann") => Sign(new() { ["sub"] = subject, ["role"] = role });

    public string Code(TimeSpan? lifetime = null, string? id = null) => Sign(
        new() { ["sub"] = "olga", ["use"] = "sign-in", ["jti"] = id ?? Guid.NewGuid().ToString("N") },
        lifetime: lifetime);

    /// <summary>A code that signs a participant in to the pages.</summary>
    public string PagesCode(string subject = "ann", TimeSpan? lifetime = null) => Sign(
        new() { ["sub"] = subject, ["use"] = "pages", ["jti"] = Guid.NewGuid().ToString("N") }, lifetime: lifetime);

    public string Sign(
        Dictionary<string, object> claims, TimeSpan? lifetime = null, TimeSpan? notBefore = null, string issuer = "stk",
        string? audience = "stk", string? kid = null, ECDsa? key = null)
    {
        var now = DateTime.UtcNow;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(5));
        var begins = now + (notBefore ?? TimeSpan.FromMinutes(-60));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = begins,
            NotBefore = begins,
            Expires = expires,
            Claims = claims,
            SigningCredentials = new(
                new ECDsaSecurityKey(key ?? _key) { KeyId = kid ?? _kid }, SecurityAlgorithms.EcdsaSha256)
            {
                CryptoProviderFactory = new() { CacheSignatureProviders = false },
            },
        });
    }

    /// <summary>A token whose claims are exactly these.</summary>
    /// <param name="header">More members of its header, with the comma before them.</param>
    public string SignRaw(string claims, string header = "")
    {
        var signed = $"{Base64UrlEncoder.Encode($$"""{"alg":"ES256","kid":"{{_kid}}"{{header}}}""")}.{Base64UrlEncoder.Encode(claims)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }

    public void Dispose()
    {
        _key.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
