using Orleans.Concurrency;
using Stk.GrainInterfaces.Sessions;
using Stk.Rules.Sessions;

namespace Stk.Grains.Sessions;

/// <inheritdoc cref="ISessionsGrain"/>
[StatelessWorker(1)]
internal sealed class SessionsGrain(SiloSessions sessions) : Grain, ISessionsGrain
{
    public async Task<SessionView?> Find(string secret, CancellationToken cancellation) =>
        IsOne(secret) && await sessions.Find(secret, cancellation) is { } session
            ? new(session.Id, session.Subject, session.Role, session.SignedInAt, session.EndsAt)
            : null;

    public Task End(string secret, CancellationToken cancellation) =>
        IsOne(secret) ? sessions.End(secret, cancellation) : Task.CompletedTask;

    public Task EndAll(string secret, CancellationToken cancellation) =>
        IsOne(secret) ? sessions.EndAll(secret, cancellation) : Task.CompletedTask;

    // A host says it for itself, whatever it has been sent.
    private static bool IsOne(string? secret) => secret is not null && SessionSecret.IsOne(secret);
}
