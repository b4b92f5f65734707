using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Operators;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// The register of operators and auditors as this host knows it, a second old at most while the cluster can be reached. In
/// Development, and nowhere else, a subject that was never entered is entered at its first call.
/// </summary>
internal sealed class RegisterCache(
    GrainCalls calls, ClusterConnection connection, IHostEnvironment environment, TimeProvider time,
    ILogger<RegisterCache> logger) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Known? _known;

    /// <summary>Whether a subject of our own tokens may act in a role now.</summary>
    /// <param name="hasToken">False where a page is asked for by the cookie: whoever signed in was entered then.</param>
    public async ValueTask<bool> MayAct(string subject, string role, bool hasToken, CancellationToken cancellation)
    {
        var known = Volatile.Read(ref _known) ?? await Read(cancellation);
        if (IsInForce(known, subject, role))
        {
            return true;
        }

        if (known.Entries.Any(entry => IsOf(entry, subject, role)))
        {
            return false;
        }

        // Entered a moment ago, perhaps.
        known = await Read(cancellation);
        if (hasToken && environment.IsDevelopment() && !known.Entries.Any(entry => IsOf(entry, subject, role)))
        {
            known = Keep(await calls.Write(
                (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).EnterUnknown(subject, role, attempt),
                cancellation));
        }

        return IsInForce(known, subject, role);
    }

    /// <summary>True where fewer than two persons can act as operators: nothing that takes two can be done.</summary>
    public bool HasNoSecondOperator()
    {
        var now = time.GetUtcNow();
        return Volatile.Read(ref _known) is { } known
            && known.Entries.Where(entry => entry.Role == Role.Operator && entry.IsInForce(now))
                .Select(entry => entry.Person).Distinct().Count() < 2;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Refresh, time);
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
                Log.RegisterStale(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Known> Read(CancellationToken cancellation) => Keep(await calls.Read(
        (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).GetRegister(attempt), cancellation));

    // Two reads may end in the other order: entries, and their ends, only grow.
    private Known Keep(ImmutableArray<OperatorEntry> entries)
    {
        var read = new Known(entries, entries.Length + entries.Count(entry => entry.EndedAt is not null));
        lock (_gate)
        {
            if (_known is null || read.Size >= _known.Size)
            {
                Volatile.Write(ref _known, read);
            }

            return _known;
        }
    }

    private bool IsInForce(Known known, string subject, string role)
    {
        var now = time.GetUtcNow();
        return known.Entries.Any(entry => IsOf(entry, subject, role) && entry.IsInForce(now));
    }

    private static bool IsOf(OperatorEntry entry, string subject, string role) =>
        entry.Issuer == TokenRules.Issuer && entry.Subject == subject && entry.Role == role;

    private sealed record Known(ImmutableArray<OperatorEntry> Entries, int Size);
}
