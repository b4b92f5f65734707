using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Sessions;

/// <summary>
/// One code of a link that signs a participant in to the pages. In Development alone. Key: its <c>jti</c>.
/// </summary>
[Alias("stk.session-code")]
public interface ISessionCodeGrain : IGrainWithStringKey
{
    /// <summary>Opens the session, once; null ever after, and outside Development.</summary>
    /// <param name="subject">Who signs in: the code's subject.</param>
    /// <param name="expires">When the code ends by itself.</param>
    [Alias("open"), MayCall(CallerRoles.PagesCode)]
    Task<OpenedSession?> Open(
        [FromCaller] string subject, [FromCaller(CallerFact.Expiry)] DateTimeOffset expires,
        CancellationToken cancellation);
}

/// <param name="Secret">What the browser shows from now on; nobody keeps it.</param>
/// <param name="EndsAt">By real time.</param>
[GenerateSerializer, Immutable, Alias("stk.opened-session")]
public sealed record OpenedSession([property: Id(0)] string Secret, [property: Id(1)] DateTimeOffset EndsAt);
