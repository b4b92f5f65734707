using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stk.Hosting.Certificates;

/// <summary>A host's certificate with its key, and the authorities that the host trusts. Read once, at the start.</summary>
public sealed class HostCertificate
{
    private readonly X509Certificate2Collection _authorities;

    private HostCertificate(HostRole role, X509Certificate2 own, X509Certificate2Collection authorities)
    {
        Role = role;
        Own = own;
        _authorities = authorities;
    }

    public HostRole Role { get; }

    /// <summary>When it ends: after that no new connection is made with it.</summary>
    public DateTimeOffset ValidUntil => Own.NotAfter.ToUniversalTime();

    internal X509Certificate2 Own { get; }

    /// <exception cref="RefusedToStartException">A file is missing, is none, or is not for <paramref name="role"/>.</exception>
    public static HostCertificate Read(CertificateFiles files, HostRole role, TimeProvider time)
    {
        var read = new HostCertificate(role, ReadOwn(files), ReadAuthorities(files.Authorities));
        foreach (var use in CertificateUse.Of(role))
        {
            if (read.Objection(read.Own, role, use, time) is { } objection)
            {
                throw new RefusedToStartException($"{files.Certificate} cannot be this host's certificate: {objection}.");
            }
        }

        return read;
    }

    /// <inheritdoc cref="PeerCheck.Objection"/>
    public string? Objection(X509Certificate2 certificate, HostRole role, CertificateUse use, TimeProvider time) =>
        PeerCheck.Objection(certificate, _authorities, role, use, time.GetUtcNow());

    private static X509Certificate2 ReadOwn(CertificateFiles files)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(files.Key).HasFlag(UnixFileMode.OtherRead))
            {
                throw new RefusedToStartException($"{files.Key} can be read by everybody on this machine: chmod 600 it.");
            }

            return X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        }
        catch (Exception exception) when (IsOfAFile(exception))
        {
            throw new RefusedToStartException(
                $"No certificate with its key can be read from {files.Certificate} and {files.Key}: {exception.Message}", exception);
        }
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (IsOfAFile(exception))
        {
            throw new RefusedToStartException($"No authorities can be read from {file}: {exception.Message}", exception);
        }

        return authorities.Count > 0
            ? authorities
            : throw new RefusedToStartException($"There is no authority's certificate in {file}.");
    }

    private static bool IsOfAFile(Exception exception) =>
        exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
