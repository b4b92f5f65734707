using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stk.Torture.Hosts;

/// <summary>Bearer tokens of whoever is needed, signed with the key of the run's home.</summary>
internal sealed class Tokens : IDisposable
{
    private const string Suffix = ".key.pem";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Role, string Subject), string> _made = new();
    private readonly ECDsa _key = ECDsa.Create();
    private readonly string _keyId;

    /// <param name="directory">With one private key.</param>
    public Tokens(string directory)
    {
        var file = Directory.EnumerateFiles(directory, "*" + Suffix).Single();
        _keyId = Path.GetFileName(file)[..^Suffix.Length];
        _key.ImportFromPem(File.ReadAllText(file));
    }

    public string Of(string role, string subject) => _made.GetOrAdd((role, subject), Make);

    public void Dispose() => _key.Dispose();

    private string Make((string Role, string Subject) whose)
    {
        // By the machine's time: the economy's is decades behind.
        var now = DateTimeOffset.UtcNow;
        var signed = $"{Part(new { alg = "ES256", typ = "JWT", kid = _keyId })}.{Part(new
        {
            iss = "stk",
            aud = "stk",
            sub = whose.Subject,
            role = whose.Role,
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
        })}";
        lock (_key)
        {
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    private static string Part<T>(T content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
