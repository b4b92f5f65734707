using Stk.Rules.Sessions;

namespace Stk.GrainInterfaces.Sessions;

/// <summary>
/// The sessions, as this silo knows them: a call that shows a session's secret is its subject's, in its role.
/// </summary>
public interface ISessions
{
    /// <summary>From memory, half a second old at most; null where it must be looked up.</summary>
    Session? Recall(string secret);

    /// <summary>Null where there is no such session, or none any more.</summary>
    Task<Session?> Find(string secret, CancellationToken cancellation);
}
