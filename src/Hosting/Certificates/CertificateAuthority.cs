using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stk.Hosting.Certificates;

/// <summary>
/// The authority of one deployment, which issues the certificates of its hosts. Keys are of P-256, as those of tokens.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const int Years = 10;

    // A clock that is a little behind must not find a new certificate to be of tomorrow.
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(10);

    private readonly X509Certificate2 _own;
    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 own, TimeProvider time)
    {
        _own = own;
        _time = time;
    }

    public DateTimeOffset ValidUntil => _own.NotAfter.ToUniversalTime();

    /// <summary>What hosts that trust it have in their list.</summary>
    public string CertificatePem => _own.ExportCertificatePem();

    /// <summary>Whoever has this can be any host.</summary>
    public string KeyPem
    {
        get
        {
            // A certificate of ours has an EC key.
            using var key = _own.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>A new one, for ten years.</summary>
    public static CertificateAuthority Make(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serial = Serial();
        // The name is in each certificate that it issues: two authorities never have the same.
        var request = Request($"CN=STK authority {Convert.ToHexStringLower(serial.AsSpan(0, 4))}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = time.GetUtcNow();
        return new(request.CreateSelfSigned(now - Backdated, now.AddYears(Years)), time);
    }

    /// <exception cref="RefusedToStartException">The two are no authority.</exception>
    public static CertificateAuthority Read(string certificatePem, string keyPem, TimeProvider time)
    {
        try
        {
            return new(X509Certificate2.CreateFromPem(certificatePem, keyPem), time);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new RefusedToStartException(
                $"The authority's certificate and key do not belong together: {exception.Message}", exception);
        }
    }

    /// <summary>A certificate with its key for hosts of one role; it ends with its authority at the latest.</summary>
    public (string CertificatePem, string KeyPem) Issue(HostRole role, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = CertificateUse.Name(role);
        var request = Request($"CN={name}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [.. CertificateUse.Of(role).Select(use => use.Identifier)], critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build(critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _own, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        var now = _time.GetUtcNow();
        var begin = Latest(now - Backdated, _own.NotBefore.ToUniversalTime());
        var end = now + lifetime;
        using var issued = request.Create(_own, begin, end < ValidUntil ? end : ValidUntil, Serial());
        return (issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _own.Dispose();

    private static CertificateRequest Request(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    // Positive, and by chance: nobody guesses the next one.
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x01);
        return serial;
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
