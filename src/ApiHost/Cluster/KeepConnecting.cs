namespace Stk.ApiHost.Cluster;

/// <summary>Connects for ever: a host that starts before its silos, or before the database, waits for them.</summary>
internal sealed class KeepConnecting(ILogger<KeepConnecting> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Log.ClusterUnreachable(logger, exception.GetType().Name);
        try
        {
            await Task.Delay(Pause, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
