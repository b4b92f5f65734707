namespace Stk.Grains.Revocations;

/// <summary>Reads the revocations for the first time, before anyone can ask.</summary>
internal sealed class RevocationStart(SiloRevocations revocations) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) => revocations.Refresh(cancellationToken);
}
