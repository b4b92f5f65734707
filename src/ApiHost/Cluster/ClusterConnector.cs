namespace Stk.ApiHost.Cluster;

/// <summary>
/// Connects the client beside the host's start. Orleans registers it as a hosted service, which would keep Kestrel
/// closed, and the host without any health to show, until the first silo is there.
/// </summary>
internal sealed class ClusterConnector(
    IClusterClient client, ClusterConnection connection, IHostApplicationLifetime lifetime, ILogger<ClusterConnector> logger)
    : BackgroundService
{
    private IHostedService Client => (IHostedService)client;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (connection.IsMade)
        {
            await Client.StopAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Client.StartAsync(stoppingToken);
            connection.Made();
            Log.ClusterConnected(logger);
        }
        catch (Exception exception) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before any silo was there: nothing was begun that has to be ended.
            Log.ClusterUnreachable(logger, exception.GetType().Name);
        }
        catch (Exception) when (connection.Refusal is not null)
        {
            lifetime.StopApplication();
        }
    }
}
