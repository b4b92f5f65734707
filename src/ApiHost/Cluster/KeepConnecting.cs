using Microsoft.Extensions.Options;
using Orleans.Runtime.Messaging;

namespace Stk.ApiHost.Cluster;

/// <summary>
/// Connects for ever where there is nobody yet: a host that starts before its silos, or before the database, waits for
/// them. Where there are gateways and none takes it, as when its certificate is refused, it gives up after a while: who is
/// refused hears no more than that the connection was closed.
/// </summary>
internal sealed class KeepConnecting(
    IOptions<ClusterOptions> options, ClusterConnection connection, TimeProvider time, ILogger<KeepConnecting> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _refusedSince;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Log.ClusterUnreachable(logger, exception.GetType().Name);
        if (IsGivenUp(exception))
        {
            return false;
        }

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

    private bool IsGivenUp(Exception exception)
    {
        if (exception is not ConnectionFailedException)
        {
            _refusedSince = null;
            return false;
        }

        _refusedSince ??= time.GetTimestamp();
        var deadline = options.Value.RefusedDeadline;
        if (time.GetElapsedTime(_refusedSince.Value) < deadline)
        {
            return false;
        }

        Log.ClusterRefused(logger, exception, deadline);
        connection.Refused(
            $"No silo has taken a connection of this host for {deadline}: the silos' logs say whether they refuse its "
            + "certificate (Stk:Tls), and this log whether it refuses theirs; or the silos that the database lists are dead.");
        return true;
    }
}
