using Stk.Hosting.Certificates;

namespace Stk.EndToEnd.Silos;

/// <summary>Whoever makes certificates of the same names: only the authority is another.</summary>
public sealed class OtherAuthority : IDisposable
{
    public OtherAuthority() => CertificateDirectory.Complete(Directory, TimeSpan.FromDays(398), TimeProvider.System);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("stk-other-authority-").FullName;

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
