namespace Stk.Grains.Economy;

/// <summary>Reads the economy for the first time, before anyone can ask.</summary>
internal sealed class EconomyCacheStart(EconomyCache economy) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) => economy.Refresh(cancellationToken);
}
