namespace Stk.Hosting.Certificates;

/// <summary>
/// The certificates of one deployment, in one directory: an authority, and what it has issued for silos and for API hosts.
/// Files with a key in them are their owner's alone.
/// </summary>
public static class CertificateDirectory
{
    /// <summary>What is this near to its end is made anew.</summary>
    public static readonly TimeSpan Renewed = TimeSpan.FromDays(60);

    private const string AuthorityFile = "authority.pem";
    private const string AuthorityKeyFile = "authority.key.pem";

    /// <summary>Makes what is missing, and what ends soon. The authority itself is made once and never renewed.</summary>
    /// <param name="lifetime">Of hosts' certificates.</param>
    /// <returns>What has been made, in words for whoever asked.</returns>
    /// <exception cref="RefusedToStartException">The authority ends before a new certificate would be of use.</exception>
    public static IReadOnlyList<string> Complete(string directory, TimeSpan lifetime, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        var made = new List<string>();
        using var authority = ReadAuthority(directory, time) ?? MakeAuthority(directory, time, made);
        if (authority.ValidUntil - time.GetUtcNow() < Renewed)
        {
            throw new RefusedToStartException(
                $"The authority in {directory} ends at {authority.ValidUntil:O}: another one takes its place first "
                + "(docs/operations.md, Certificates).");
        }

        Trust(directory, authority);
        foreach (var role in Enum.GetValues<HostRole>())
        {
            var files = CertificateFiles.In(directory, role);
            if (IsGood(files, role, time))
            {
                continue;
            }

            var (certificate, key) = authority.Issue(role, lifetime);
            Write(files.Key, key, isSecret: true);
            // Last: an interrupted pair does not fit together, and is made again.
            Write(files.Certificate, certificate, isSecret: false);
            made.Add(files.Certificate);
        }

        return made;
    }

    private static bool IsGood(CertificateFiles files, HostRole role, TimeProvider time)
    {
        try
        {
            return HostCertificate.Read(files, role, time).ValidUntil - time.GetUtcNow() >= Renewed;
        }
        catch (RefusedToStartException)
        {
            return false;
        }
    }

    private static CertificateAuthority? ReadAuthority(string directory, TimeProvider time)
    {
        var certificate = Path.Combine(directory, AuthorityFile);
        var key = Path.Combine(directory, AuthorityKeyFile);
        return File.Exists(certificate)
            ? CertificateAuthority.Read(File.ReadAllText(certificate), File.ReadAllText(key), time)
            : null;
    }

    private static CertificateAuthority MakeAuthority(string directory, TimeProvider time, List<string> made)
    {
        var authority = CertificateAuthority.Make(time);
        Write(Path.Combine(directory, AuthorityKeyFile), authority.KeyPem, isSecret: true);
        Write(Path.Combine(directory, AuthorityFile), authority.CertificatePem, isSecret: false);
        made.Add(Path.Combine(directory, AuthorityFile));
        return authority;
    }

    // Beside what is trusted already: an authority that is being replaced stays until its last certificate is gone.
    private static void Trust(string directory, CertificateAuthority authority)
    {
        var file = CertificateFiles.In(directory, HostRole.Silo).Authorities;
        var trusted = File.Exists(file) ? File.ReadAllText(file) : "";
        if (!trusted.Contains(authority.CertificatePem, StringComparison.Ordinal))
        {
            Write(file, trusted + authority.CertificatePem, isSecret: false);
        }
    }

    private static void Write(string file, string text, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var unfinished = file + ".new";
        File.Delete(unfinished);
        using (var writer = new StreamWriter(unfinished, options))
        {
            writer.WriteLine(text.TrimEnd());
        }

        File.Move(unfinished, file, overwrite: true);
    }
}
