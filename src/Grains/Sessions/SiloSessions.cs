using System.Collections.Concurrent;
using System.Security.Cryptography;
using Stk.GrainInterfaces.Sessions;
using Stk.Rules.Revocations;
using Stk.Rules.Sessions;

namespace Stk.Grains.Sessions;

/// <summary>
/// Sessions as this silo knows them. What is known is asked again after half a second: a session that has ended elsewhere
/// has ended here within that. A revocation of its subject's tokens ends it too.
/// </summary>
internal sealed class SiloSessions(SessionTable table, IRevokedTokens revoked, TimeProvider time) : ISessions
{
    private const int KnownMax = 20_000;

    private static readonly TimeSpan Believed = TimeSpan.FromMilliseconds(500);

    // By the secret itself, which stays in this memory for as long as its session is used.
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public Session? Recall(string secret) =>
        _known.TryGetValue(secret, out var known) && time.GetElapsedTime(known.ReadAt) < Believed
            && !IsOver(known.Stored) ? known.Stored.Session : null;

    public async Task<Session?> Find(string secret, CancellationToken cancellation)
    {
        if (Recall(secret) is { } session)
        {
            return session;
        }

        var hash = SessionSecret.Hash(secret);
        var readAt = time.GetTimestamp();
        if (await table.Find(hash, cancellation) is not { } stored || IsOver(stored))
        {
            _known.TryRemove(secret, out _);
            return null;
        }

        var now = time.GetUtcNow();
        if (SessionLife.IsDueToBeSeen(stored.Session, stored.SeenAt, now))
        {
            await table.See(hash, now, cancellation);
            stored = stored with { SeenAt = now };
        }

        if (_known.Count >= KnownMax)
        {
            // They are all read again within half a second anyway.
            _known.Clear();
        }

        _known[secret] = new(stored, readAt);
        return stored.Session;
    }

    /// <summary>Opens one; null where the code has opened one before.</summary>
    /// <param name="code">The <c>jti</c> of the code that was verified.</param>
    public async Task<(string Secret, Session Session)?> Open(
        string code, string subject, string role, CancellationToken cancellation)
    {
        var secret = SessionSecret.Of(RandomNumberGenerator.GetBytes(SessionSecret.Length));
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var session = new Session(Guid.NewGuid(), subject, role, now, now + SessionLife.Longest(role));
        return await table.Open(SessionSecret.Hash(secret), code, session, cancellation) ? (secret, session) : null;
    }

    public async Task End(string secret, CancellationToken cancellation)
    {
        await table.End(SessionSecret.Hash(secret), time.GetUtcNow(), cancellation);
        _known.TryRemove(secret, out _);
    }

    public async Task EndAll(string secret, CancellationToken cancellation)
    {
        await table.EndAll(SessionSecret.Hash(secret), time.GetUtcNow(), cancellation);
        _known.Clear();
    }

    private bool IsOver(StoredSession stored)
    {
        var session = stored.Session;
        return SessionLife.IsOver(session, stored.SeenAt, time.GetUtcNow())
            || revoked.IsRevoked(new(session.Id.ToString("N"), session.Subject, session.Role, session.SignedInAt));
    }

    private sealed record Known(StoredSession Stored, long ReadAt);
}
