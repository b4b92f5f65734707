using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stk.Torture.Hosts;

/// <summary>Bearer tokens of whoever is needed, signed with the key of the run's home.</summary>
internal sealed class Tokens : IDisposable
{
    private const string Suffix = ".key.pem";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // No operator's lives longer, and a run may: long before its end another one is made.
    private static readonly TimeSpan Used = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<(string Role, string Subject), (string Token, long Begun)> _made = new();
    private readonly ECDsa _key = ECDsa.Create();
    private readonly string _keyId;

    /// <param name="directory">With one private key.</param>
    public Tokens(string directory)
    {
        var file = Directory.EnumerateFiles(directory, "*" + Suffix).Single();
        _keyId = Path.GetFileName(file)[..^Suffix.Length];
        _key.ImportFromPem(File.ReadAllText(file));
    }

    public string Of(string role, string subject)
    {
        var whose = (role, subject);
        var made = _made.GetOrAdd(whose, Make);
        if (Stopwatch.GetElapsedTime(made.Begun) >= Used)
        {
            made = _made[whose] = Make(whose);
        }

        return made.Token;
    }

    /// <summary>Of somebody who has signed in this moment.</summary>
    public string Fresh(string role, string subject) => Make((role, subject)).Token;

    public void Dispose() => _key.Dispose();

    private (string Token, long Begun) Make((string Role, string Subject) whose)
    {
        // By the machine's time: the economy's is decades behind.
        var now = DateTimeOffset.UtcNow;
        var signed = $"{Part(new { alg = "ES256", typ = "JWT", kid = _keyId })}.{Part(new
        {
            iss = "stk",
            aud = "stk",
            sub = whose.Subject,
            jti = Guid.NewGuid().ToString("N"),
            role = whose.Role,
            iat = now.ToUnixTimeSeconds(),
            auth_time = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
        })}";
        lock (_key)
        {
            var token = $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
            return (token, Stopwatch.GetTimestamp());
        }
    }

    private static string Part<T>(T content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
