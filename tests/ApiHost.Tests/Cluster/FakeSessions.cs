using System.Collections.Concurrent;
using System.Security.Cryptography;
using Stk.GrainInterfaces.Sessions;
using Stk.Rules.Sessions;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Sessions as a silo keeps them: whoever has the secret has the session.</summary>
public sealed class FakeSessions : ISessionsGrain
{
    private readonly ConcurrentDictionary<string, SessionView> _open = new(StringComparer.Ordinal);

    public OpenedSession Open(string subject, string role = "participant")
    {
        var secret = SessionSecret.Of(RandomNumberGenerator.GetBytes(SessionSecret.Length));
        var now = DateTimeOffset.UtcNow;
        var session = new SessionView(Guid.NewGuid(), subject, role, now, now.AddDays(30));
        _open[secret] = session;
        return new(secret, session.EndsAt);
    }

    public Task<SessionView?> Find(string secret, CancellationToken cancellation) =>
        Task.FromResult(_open.GetValueOrDefault(secret));

    public Task End(string secret, CancellationToken cancellation)
    {
        _open.TryRemove(secret, out _);
        return Task.CompletedTask;
    }

    public Task EndAll(string secret, CancellationToken cancellation)
    {
        if (_open.TryGetValue(secret, out var mine))
        {
            foreach (var (other, _) in _open.Where(pair => pair.Value.Subject == mine.Subject))
            {
                _open.TryRemove(other, out _);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>As a silo in Development does.</summary>
public sealed class FakeSessionCode(FakeSessions sessions) : ISessionCodeGrain
{
    private int _used;

    public Task<OpenedSession?> Open(string subject, DateTimeOffset expires, CancellationToken cancellation) =>
        Task.FromResult(Interlocked.Increment(ref _used) == 1 ? sessions.Open(subject) : null);
}
