using System.Security.Cryptography;
using System.Text;

namespace Stk.Rules.Sessions;

/// <summary>What a browser shows of its session: 32 bytes at random, in a form that no token has.</summary>
public static class SessionSecret
{
    /// <summary>Unit: bytes.</summary>
    public const int Length = 32;

    private const string Prefix = "stk-session-";
    private const int CharactersMax = 100;

    public static string Of(ReadOnlySpan<byte> random) => Prefix + Convert.ToHexStringLower(random);

    public static bool IsOne(string text) =>
        text.Length <= CharactersMax && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What is stored of it: whoever reads that has no session.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
