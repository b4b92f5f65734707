using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>An authority of its own and what it has issued, in a directory that goes with it.</summary>
internal sealed class TestCertificates : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(398);

    public TestCertificates(TimeProvider? time = null) =>
        CertificateDirectory.Complete(Directory, Lifetime, time ?? TimeProvider.System);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("stk-certificates-").FullName;

    /// <summary>Of a host, on its command line.</summary>
    public string[] Settings(HostRole role)
    {
        var files = CertificateFiles.In(Directory, role);
        return
        [
            $"--Stk:Tls:Authorities={files.Authorities}", $"--Stk:Tls:Certificate={files.Certificate}",
            $"--Stk:Tls:Key={files.Key}",
        ];
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
