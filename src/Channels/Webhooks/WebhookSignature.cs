using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Channels.Webhooks;

/// <summary>Standard Webhooks: who has the secret can tell that a request is of whom gave it, and of now.</summary>
public static class WebhookSignature
{
    /// <summary>What <c>webhook-signature</c> has: one for each secret, so that one can be changed.</summary>
    /// <param name="id">What <c>webhook-id</c> has.</param>
    /// <param name="timestamp">What <c>webhook-timestamp</c> has. Unit: seconds since 1970.</param>
    public static string Of(
        string id, long timestamp, ReadOnlySpan<byte> body, ImmutableArray<ReadOnlyMemory<byte>> secrets)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.");
        byte[] signed = [.. Encoding.UTF8.GetBytes(head), .. body];
        return string.Join(
            ' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret.Span, signed))}"));
    }
}
