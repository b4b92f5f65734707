using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Health;

namespace Stk.ApiHost.Health;

/// <summary>Whether the cluster answers, and has its database. Asked at most once a second, however many ask us.</summary>
internal sealed class ClusterReadiness(
    IGrainFactory grains, ClusterConnection connection, TimeProvider time, ILogger<ClusterReadiness> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private bool _isReady;
    private long? _askedAt;

    public async Task<bool> IsReady(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_askedAt is not { } asked || time.GetElapsedTime(asked) >= Keep)
            {
                _isReady = await Ask();
                _askedAt = time.GetTimestamp();
            }

            return _isReady;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> Ask()
    {
        if (!connection.IsMade)
        {
            return false;
        }

        try
        {
            return await grains.GetGrain<IHealthGrain>(0).HasDatabase().AsTask().WaitAsync(Patience, time);
        }
        catch (Exception exception)
        {
            Log.ClusterNotReady(logger, exception);
            return false;
        }
    }
}
