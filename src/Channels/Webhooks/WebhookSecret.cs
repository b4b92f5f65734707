using System.Security.Cryptography;

namespace Stk.Channels.Webhooks;

/// <summary>What a webhook's requests are signed with, as its owner is shown it once.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static byte[] New() => RandomNumberGenerator.GetBytes(Bytes);

    public static string Text(ReadOnlySpan<byte> secret) => Prefix + Convert.ToBase64String(secret);
}
