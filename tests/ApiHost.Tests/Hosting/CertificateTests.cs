using System.Security.Cryptography.X509Certificates;
using Stk.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>Which certificate is taken for whose, and how those of a home are made.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TestCertificates _ours = new();
    private readonly TestCertificates _theirs = new();

    [Theory]
    [InlineData(HostRole.Silo, HostRole.Silo, true, null)]
    [InlineData(HostRole.Silo, HostRole.Silo, false, null)]
    [InlineData(HostRole.Api, HostRole.Api, false, null)]
    // An API host answers nobody, so that nobody can answer with what it has.
    [InlineData(HostRole.Api, HostRole.Api, true, "chain")]
    [InlineData(HostRole.Api, HostRole.Silo, false, "api.stk.internal")]
    [InlineData(HostRole.Api, HostRole.Silo, true, "api.stk.internal")]
    [InlineData(HostRole.Silo, HostRole.Api, false, "silo.stk.internal")]
    public void A_certificate_is_of_one_role_for_its_uses(
        HostRole shown, HostRole asked, bool isAnswering, string? objection)
    {
        var ours = Read(_ours, HostRole.Silo);

        var use = isAnswering ? CertificateUse.Answering : CertificateUse.Calling;
        var found = ours.Objection(Shown(_ours, shown), asked, use, TimeProvider.System);

        // That it is not for answering is said by the chain's check or by ours.
        if (objection is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Matches(objection == "chain" ? "not for answering|chain" : objection, found);
        }
    }

    [Fact]
    public void Another_authoritys_certificate_is_refused_whatever_it_says()
    {
        var found = Read(_ours, HostRole.Silo).Objection(
            Shown(_theirs, HostRole.Silo), HostRole.Silo, CertificateUse.Calling, TimeProvider.System);

        Assert.Contains("chain", found, StringComparison.Ordinal);
    }

    [Fact]
    public void While_two_authorities_are_trusted_both_ones_certificates_are_good()
    {
        var files = CertificateFiles.In(_ours.Directory, HostRole.Silo);
        File.AppendAllText(
            files.Authorities, File.ReadAllText(CertificateFiles.In(_theirs.Directory, HostRole.Silo).Authorities));
        var ours = HostCertificate.Read(files, HostRole.Silo, TimeProvider.System);

        Assert.All([_ours, _theirs], issuer => Assert.Null(ours.Objection(
            Shown(issuer, HostRole.Api), HostRole.Api, CertificateUse.Calling, TimeProvider.System)));
    }

    [Fact]
    public void A_certificate_is_good_until_its_end_and_not_after()
    {
        var ours = Read(_ours, HostRole.Silo);
        var shown = Shown(_ours, HostRole.Api);

        Assert.Null(ours.Objection(
            shown, HostRole.Api, CertificateUse.Calling, new Standing(ours.ValidUntil - TimeSpan.FromMinutes(1))));
        Assert.Contains("NotTimeValid", ours.Objection(
            shown, HostRole.Api, CertificateUse.Calling, new Standing(ours.ValidUntil + TimeSpan.FromMinutes(1)))!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_good_for_long_is_left_and_what_ends_soon_is_made_anew_by_the_same_authority()
    {
        var before = Content(_ours.Directory);
        var until = Read(_ours, HostRole.Silo).ValidUntil;

        var early = CertificateDirectory.Complete(_ours.Directory, TestCertificates.Lifetime, TimeProvider.System);
        Assert.Empty(early);
        Assert.Equal(before, Content(_ours.Directory));

        var late = CertificateDirectory.Complete(
            _ours.Directory, TestCertificates.Lifetime, new Standing(until - TimeSpan.FromDays(59)));
        Assert.Equal(2, late.Count);
        var after = Content(_ours.Directory);
        Assert.Equal(["api.key.pem", "api.pem", "silo.key.pem", "silo.pem"],
            before.Keys.Where(file => before[file] != after[file]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_half_written_pair_is_made_anew()
    {
        File.Copy(
            CertificateFiles.In(_theirs.Directory, HostRole.Api).Key, CertificateFiles.In(_ours.Directory, HostRole.Api).Key,
            overwrite: true);

        Assert.Single(CertificateDirectory.Complete(_ours.Directory, TestCertificates.Lifetime, TimeProvider.System));
        Assert.Equal(HostRole.Api, Read(_ours, HostRole.Api).Role);
    }

    [Fact]
    public void A_hosts_own_certificate_must_be_of_its_role()
    {
        var refused = Assert.Throws<RefusedToStartException>(() => HostCertificate.Read(
            CertificateFiles.In(_ours.Directory, HostRole.Api), HostRole.Silo, TimeProvider.System));

        Assert.Contains("api.stk.internal", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_their_owners_alone_and_one_that_everybody_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var keys = Directory.GetFiles(_ours.Directory, "*.key.pem");
        Assert.Equal(3, keys.Length);
        foreach (var key in keys)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        var files = CertificateFiles.In(_ours.Directory, HostRole.Api);
        File.SetUnixFileMode(files.Key, File.GetUnixFileMode(files.Key) | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<RefusedToStartException>(
            () => HostCertificate.Read(files, HostRole.Api, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    private static HostCertificate Read(TestCertificates of, HostRole role) =>
        HostCertificate.Read(CertificateFiles.In(of.Directory, role), role, TimeProvider.System);

    private static X509Certificate2 Shown(TestCertificates by, HostRole role) =>
        X509CertificateLoader.LoadCertificateFromFile(CertificateFiles.In(by.Directory, role).Certificate);

    private static Dictionary<string, string> Content(string directory) => Directory.GetFiles(directory)
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
