using Microsoft.Extensions.Hosting;
using Stk.GrainInterfaces.Sessions;

namespace Stk.Grains.Sessions;

/// <inheritdoc cref="ISessionCodeGrain"/>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class SessionCodeGrain(SiloSessions sessions, IHostEnvironment environment) : Grain, ISessionCodeGrain
{
    private const string Participant = "participant";

    public async Task<OpenedSession?> Open(string subject, DateTimeOffset expires, CancellationToken cancellation) =>
        environment.IsDevelopment()
        && await sessions.Open(this.GetPrimaryKeyString(), subject, Participant, cancellation) is var (secret, session)
            ? new(secret, session.EndsAt)
            : null;
}
