using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Sessions;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;
using Stk.Rules.Revocations;
using Stk.Rules.Sessions;

namespace Stk.Silo.Callers;

/// <summary>
/// Looks at each call that comes to an actor or a system target of this silo. A silo's own are told by the silos' secret;
/// all others are a client's, whatever they say of where they come from, and are let through where the method is open to the
/// token, or to the session's secret, that came with them. Both are taken off the call: neither goes on to what the actor
/// calls.
/// </summary>
internal sealed class CallerFilter : IIncomingGrainCallFilter
{
    private readonly SiloSecrets _secrets;
    private readonly TokenVerifier _tokens;
    private readonly IRevokedTokens? _revoked;
    private readonly ISessions? _sessions;
    private readonly ILogger<CallerFilter> _logger;
    private readonly Counter<long> _refused;
    private readonly ConcurrentDictionary<MethodInfo, CallRule?> _rules = new();

    /// <param name="revoked">Null where a silo has no actors of the economy.</param>
    /// <param name="sessions">The same.</param>
    public CallerFilter(
        SiloSecrets secrets, TokenVerifier tokens, IMeterFactory meters, ILogger<CallerFilter> logger,
        IRevokedTokens? revoked = null, ISessions? sessions = null)
    {
        _secrets = secrets;
        _tokens = tokens;
        _revoked = revoked;
        _sessions = sessions;
        _logger = logger;
        _refused = meters.Create("stk.hosting").CreateCounter<long>("calls.refused");
        foreach (var reason in Enum.GetValues<CallRefusal>())
        {
            // An alarm on what has never been counted would have nothing to look at.
            _refused.Add(0, Tag(reason));
        }
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var (secret, token) = CallProof.Take();
        if (secret is not null && _secrets.Know(secret))
        {
            return context.Invoke();
        }

        if (secret is not null || context.InterfaceMethod is not { } method
            || _rules.GetOrAdd(method, CallRule.Of) is not { } rule)
        {
            return Refuse(context, CallRefusal.NotForClients, "it is for the silos alone");
        }

        if (rule.Who.HasFlag(CallerRoles.Host))
        {
            return context.Invoke();
        }

        return token is null ? Refuse(context, CallRefusal.NotProven, "no token came with it")
            : _sessions is { } sessions && SessionSecret.IsOne(token) ? Look(context, rule, sessions, token)
            : _tokens.Find(token) is { } known ? Invoke(context, rule, known)
            : Verify(context, rule, token);
    }

    private Task Look(IIncomingGrainCallContext context, CallRule rule, ISessions sessions, string secret)
    {
        return sessions.Recall(secret) is { } known ? Invoke(context, rule, Caller(known)) : Find();

        async Task Find() => await (await sessions.Find(secret, CancellationToken.None) is { } session
            ? Invoke(context, rule, Caller(session))
            : Refuse(context, CallRefusal.NotProven, "its session is not good"));
    }

    private static VerifiedToken Caller(Session session) =>
        new(session.Subject, session.Role, SignInCode: null, session.EndsAt)
        {
            Identity = new(session.Id.ToString("N"), session.Subject, session.Role, session.SignedInAt),
            SignedInAt = session.SignedInAt,
        };

    private async Task Verify(IIncomingGrainCallContext context, CallRule rule, string token) =>
        await (await _tokens.Verify(token) is { } caller
            ? Invoke(context, rule, caller)
            : Refuse(context, CallRefusal.NotProven, "its token is not good"));

    private Task Invoke(IIncomingGrainCallContext context, CallRule rule, VerifiedToken caller) =>
        _revoked?.IsRevoked(caller.Identity) == true
            ? Refuse(context, CallRefusal.NotProven, "its token has been revoked")
            : !rule.Lets(caller, context.TargetId.Key)
            ? Refuse(context, CallRefusal.NotAllowed, $"it is not for {caller.Role ?? "a sign-in code"} {caller.Subject}")
            : rule.Untruth(context.Request, caller) is { } name
                ? Refuse(context, CallRefusal.CallerMismatch, $"what it says in {name} is not {caller.Subject}'s")
                : context.Invoke();

    private Task Refuse(IIncomingGrainCallContext context, CallRefusal reason, string why)
    {
        _refused.Add(1, Tag(reason));
        Log.CallRefused(_logger, context.InterfaceName, context.MethodName, reason, why);
        return Task.FromException(new CallRefusedException(
            reason, $"{context.InterfaceName}.{context.MethodName} was refused ({reason}): {why}"));
    }

    private static KeyValuePair<string, object?> Tag(CallRefusal reason) => new("reason", reason);
}
