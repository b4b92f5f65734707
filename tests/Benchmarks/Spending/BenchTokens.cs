using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// Signs tokens with the key of the hosts that <c>up</c> started: a thousand of them take no thousand programs.
/// </summary>
internal sealed class BenchTokens : IDisposable
{
    private const string Suffix = ".key.pem";

    private readonly ECDsa _key = ECDsa.Create();
    private readonly string _header;

    /// <param name="home">Has the directory <c>keys</c>.</param>
    public BenchTokens(string home)
    {
        var file = Directory.GetFiles(Path.Combine(home, "keys"), "*" + Suffix).First();
        _key.ImportFromPem(File.ReadAllText(file));
        _header = Part(new { alg = "ES256", typ = "JWT", kid = Path.GetFileName(file)[..^Suffix.Length] });
    }

    public string Sign(string role, string subject)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signed = $"{_header}.{Part(new { iss = "stk", aud = "stk", sub = subject, role, iat = now, nbf = now, exp = now + 3_600 })}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Part<T>(T claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
