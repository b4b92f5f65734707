using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Sources;

namespace Stk.Sources.Signatures;

/// <summary>
/// Whether a delivery comes from who knows the source's secret. Asked of the raw bytes, before anything in them is read.
/// Whatever is wrong, the answer is the same, and takes as long as for a right one of the same form and length.
/// </summary>
public static class WebhookProof
{
    /// <summary>How far the time of a signature of the platform may be from ours.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string DiscourseScheme = "sha256=";
    private const string BearerScheme = "Bearer ";
    private const int HexCharacters = SHA256.HashSizeInBytes * 2;
    private const int MaxSecondsDigits = 12;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The one header that proves a delivery; null for a kind that has no webhooks.</summary>
    public static string? HeaderOf(SourceKind kind) => kind switch
    {
        SourceKind.Discourse => "X-Discourse-Event-Signature",
        SourceKind.PostHog => "Authorization",
        SourceKind.Aisystant => "Stk-Signature",
        SourceKind.Push => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether the header proves the body.</summary>
    /// <param name="values">All values of the header: exactly one proves something.</param>
    /// <param name="body">As sent.</param>
    /// <param name="now">Real time.</param>
    public static bool IsProved(
        SourceKind kind, IReadOnlyList<string?> values, ReadOnlySpan<byte> body, SourceSecrets secrets, DateTimeOffset now)
    {
        if (values is not [{ } value])
        {
            return false;
        }

        return kind switch
        {
            SourceKind.Discourse => IsOfDiscourse(value, body, secrets),
            SourceKind.PostHog => IsOfPostHog(value, secrets),
            SourceKind.Aisystant => IsOfAisystant(value, body, secrets, now),
            _ => false,
        };
    }

    private static bool IsOfDiscourse(string value, ReadOnlySpan<byte> body, SourceSecrets secrets) =>
        value.StartsWith(DiscourseScheme, StringComparison.Ordinal)
        && IsSigned(value.AsSpan(DiscourseScheme.Length), [], body, secrets);

    // Nothing is signed. Both sides are hashed: neither length nor place of a difference shows in the time.
    private static bool IsOfPostHog(string value, SourceSecrets secrets)
    {
        if (!value.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> sent = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> known = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(value[BearerScheme.Length..]), sent);
        var isKnown = false;
        foreach (var secret in secrets.All)
        {
            SHA256.HashData(secret.AsSpan(), known);
            isKnown |= CryptographicOperations.FixedTimeEquals(sent, known);
        }

        return isKnown;
    }

    private static bool IsOfAisystant(string value, ReadOnlySpan<byte> body, SourceSecrets secrets, DateTimeOffset now)
    {
        var rest = value.AsSpan();
        var comma = rest.IndexOf(',');
        if (!rest.StartsWith("t=") || comma < 0)
        {
            return false;
        }

        var time = rest[2..comma];
        var signature = rest[(comma + 1)..];
        if (time.Length is 0 or > MaxSecondsDigits || time.ContainsAnyExceptInRange('0', '9')
            || !signature.StartsWith("v1="))
        {
            return false;
        }

        var seconds = long.Parse(time, NumberStyles.None, CultureInfo.InvariantCulture);
        var ticks = now.ToUniversalTime().Ticks - DateTimeOffset.UnixEpoch.Ticks;
        var isNear = Math.Abs(ticks - (seconds * TimeSpan.TicksPerSecond)) <= Tolerance.Ticks;
        Span<byte> prefix = stackalloc byte[MaxSecondsDigits + 1];
        var length = Encoding.ASCII.GetBytes(time, prefix);
        prefix[length] = (byte)'.';
        return IsSigned(signature[3..], prefix[..(length + 1)], body, secrets) & isNear;
    }

    // Every secret is tried, whether or not one has fitted.
    private static bool IsSigned(
        ReadOnlySpan<char> hex, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, SourceSecrets secrets)
    {
        Span<byte> sent = stackalloc byte[SHA256.HashSizeInBytes];
        if (!TryDecode(hex, sent))
        {
            return false;
        }

        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        var isKnown = false;
        foreach (var secret in secrets.All)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.AsSpan());
            hash.AppendData(prefix);
            hash.AppendData(body);
            hash.GetHashAndReset(own);
            isKnown |= CryptographicOperations.FixedTimeEquals(sent, own);
        }

        return isKnown;
    }

    // Small letters alone: that is how all of them write it.
    private static bool TryDecode(ReadOnlySpan<char> hex, Span<byte> bytes)
    {
        if (hex.Length != HexCharacters || hex.ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        Convert.FromHexString(hex, bytes, out _, out _);
        return true;
    }
}
