using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stk.Hosting.Certificates;

/// <summary>
/// Whether a certificate is what it must be: issued by an authority of ours, in its time, of one role, for one use. It
/// stands in for the runtime's own check, which asks the machine's authorities and knows no roles.
/// </summary>
internal static class PeerCheck
{
    /// <param name="authorities">Those that are trusted; nothing of the machine's own store is.</param>
    /// <returns>Why it is not, for a log; null where it is.</returns>
    public static string? Objection(
        X509Certificate2 certificate, X509Certificate2Collection authorities, HostRole role, CertificateUse use,
        DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // Authorities have no list of what they have withdrawn: a leaked key ends with its authority.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTimeIgnored = false,
                VerificationTime = now.UtcDateTime,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (!chain.Build(certificate))
        {
            return $"its chain does not hold: {string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}";
        }

        var names = Names(certificate);
        if (names is not [var name] || name != CertificateUse.Name(role))
        {
            return $"it is of {(names.Length == 0 ? "nobody" : string.Join(", ", names))}, not of {CertificateUse.Name(role)}";
        }

        return IsFor(certificate, use) ? null : $"it is not for {(use == CertificateUse.Answering ? "answering" : "calling")}";
    }

    private static string[] Names(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames()),
    ];

    // To the runtime a certificate that names no use is for every use; to us for none.
    private static bool IsFor(X509Certificate2 certificate, CertificateUse use) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .Any(known => known.Value == use.Identifier.Value);
}
