namespace Stk.Grains.Economy;

/// <summary>Reads the economy for the first time, before anyone can ask.</summary>
internal sealed class BoardReading(EconomyBoard board) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) => board.Refresh(cancellationToken);
}
