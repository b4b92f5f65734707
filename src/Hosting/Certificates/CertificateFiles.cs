using Microsoft.Extensions.Configuration;

namespace Stk.Hosting.Certificates;

/// <summary>Where a host's certificate is, in PEM.</summary>
/// <param name="Authorities">The authorities that are trusted: one, or two while one takes the place of the other.</param>
/// <param name="Certificate">The host's own.</param>
/// <param name="Key">The key of it: a file that only its owner, or its owner's group, may read.</param>
public sealed record CertificateFiles(string Authorities, string Certificate, string Key)
{
    private const string Section = "Stk:Tls";

    /// <summary>As <c>Stk.Silo certificates</c> lays them into a directory.</summary>
    public static CertificateFiles In(string directory, HostRole role)
    {
        var name = role == HostRole.Silo ? "silo" : "api";
        return new(
            Path.Combine(directory, "authorities.pem"), Path.Combine(directory, $"{name}.pem"),
            Path.Combine(directory, $"{name}.key.pem"));
    }

    /// <summary><c>Stk:Tls:Authorities</c>, <c>Stk:Tls:Certificate</c>, <c>Stk:Tls:Key</c>: all, or none.</summary>
    /// <returns>Null where none is set.</returns>
    /// <exception cref="RefusedToStartException">One is set and another is not.</exception>
    public static CertificateFiles? Read(IConfiguration configuration)
    {
        var files = new CertificateFiles(
            configuration[$"{Section}:{nameof(Authorities)}"] ?? "", configuration[$"{Section}:{nameof(Certificate)}"] ?? "",
            configuration[$"{Section}:{nameof(Key)}"] ?? "");
        return files.Missing switch
        {
            null => files,
            _ when files == new CertificateFiles("", "", "") => null,
            var missing => throw new RefusedToStartException(
                $"{Section}:{missing} is not set, and another setting of {Section} is: a certificate has all three."),
        };
    }

    /// <exception cref="RefusedToStartException">None is configured, outside Development.</exception>
    public static void Require(IConfiguration configuration, bool isDevelopment)
    {
        if (Read(configuration) is null && !isDevelopment)
        {
            throw new RefusedToStartException(
                $"{Section} is not set: outside Development the ports between silos and API hosts need certificates "
                + $"({Section}:{nameof(Authorities)}, {nameof(Certificate)}, {nameof(Key)}).");
        }
    }

    private string? Missing =>
        Authorities.Length == 0 ? nameof(Authorities)
        : Certificate.Length == 0 ? nameof(Certificate)
        : Key.Length == 0 ? nameof(Key)
        : null;
}
