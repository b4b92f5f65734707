using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Revocations;
using Stk.Rules.Revocations;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// Revocations as this host knows them, a fraction of a second old while the cluster can be reached. Where it cannot,
/// nothing that a token opens can be had either.
/// </summary>
internal sealed class RevocationCache(
    GrainCalls calls, ClusterConnection connection, TimeProvider time, ILogger<RevocationCache> logger)
    : BackgroundService, IRevokedTokens
{
    // A silo hears of one within 0.3 s, this host of the silo within this: together less than a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly HashSet<Watch> _watches = [];
    private RevokedTokens? _known;

    public bool IsRevoked(TokenIdentity token) => (Volatile.Read(ref _known)
        ?? throw new InvalidOperationException("the revocations have not been read yet")).IsRevoked(token);

    /// <summary>The same, for a host that has only just begun: it asks first.</summary>
    /// <exception cref="ClusterUnavailableException">No silo has been reached yet.</exception>
    public async ValueTask<bool> IsRevoked(TokenIdentity token, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _known) is null)
        {
            await Read(cancellation);
        }

        return IsRevoked(token);
    }

    /// <summary>Tells when a token ends before its time, for what goes on longer than a request.</summary>
    /// <param name="ended">Called once; at once where it has ended already.</param>
    /// <returns>Ends the watch.</returns>
    public IDisposable OnEnd(TokenIdentity token, Action ended)
    {
        var watch = new Watch(this, token, ended);
        lock (_gate)
        {
            if (_known is not { } known || !known.IsRevoked(token))
            {
                _watches.Add(watch);
                return watch;
            }
        }

        ended();
        return watch;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                if (connection.IsMade)
                {
                    await Read(stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RevocationsStale(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Read(CancellationToken cancellation)
    {
        var number = Volatile.Read(ref _known)?.Number ?? 0;
        var later = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRevokedTokensGrain>(0).GetAfter(number, attempt), cancellation);
        Keep([.. later.Select(row => new Revocation(row.Number, row.TokenId, row.Subject, row.Role, row.Before))]);
    }

    // Two reads may end in the other order: what is known stays known.
    private void Keep(IReadOnlyList<Revocation> later)
    {
        List<Watch> ended;
        lock (_gate)
        {
            if (_known is not null && later.Count == 0)
            {
                return;
            }

            var known = (_known ?? RevokedTokens.None).With(later);
            Volatile.Write(ref _known, known);
            ended = [.. _watches.Where(watch => known.IsRevoked(watch.Token))];
            _watches.ExceptWith(ended);
        }

        foreach (var watch in ended)
        {
            watch.Ended();
        }
    }

    private void Remove(Watch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    private sealed class Watch(RevocationCache cache, TokenIdentity token, Action ended) : IDisposable
    {
        public TokenIdentity Token => token;

        public void Ended() => ended();

        public void Dispose() => cache.Remove(this);
    }
}
