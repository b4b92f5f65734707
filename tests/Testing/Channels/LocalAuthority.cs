using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stk.Testing.Channels;

/// <summary>An authority of a test's own, and a server's certificate of it for this machine's names.</summary>
public sealed class LocalAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    /// <param name="names">Of the server.</param>
    public LocalAuthority(params ReadOnlySpan<string> names)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=tests", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddDnsName("localhost");
        alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        server.CertificateExtensions.Add(alternatives.Build());
        using var signed = server.Create(_authority, now.AddHours(-1), now.AddHours(12), [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        // Of a stream it is taken by every platform; of a key in memory alone it is not.
        Server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"authority-{Guid.NewGuid():N}.pem");
        File.WriteAllText(Path, _authority.ExportCertificatePem());
    }

    /// <summary>A file with the authority's certificate.</summary>
    public string Path { get; }

    /// <summary>With its key.</summary>
    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        File.Delete(Path);
        Server.Dispose();
        _authority.Dispose();
        _key.Dispose();
    }
}
