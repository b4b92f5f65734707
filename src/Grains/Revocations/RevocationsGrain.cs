using System.Diagnostics;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Revocations;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Rules.Causes;
using Stk.Rules.Time;

namespace Stk.Grains.Revocations;

/// <inheritdoc cref="IRevocationsGrain"/>
internal sealed class RevocationsGrain(RevocationTable table, KeyedWrites writes, IClock clock, TimeProvider time)
    : Grain, IRevocationsGrain
{
    public async Task<RevokeReply> Revoke(RevokeRequest request, CancellationToken cancellation)
    {
        // Tokens are made by real time, and end by it.
        var before = request.TokenId is null
            ? (request.Before ?? time.GetUtcNow()).ToUniversalTime().InWholeMicroseconds()
            : (DateTimeOffset?)null;
        var view = new RevokeReply(
            request.TokenId, request.Subject, before, request.Reason, request.By, clock.Now.InWholeMicroseconds());
        var answer = await writes.Change<RevokeReply, NoRefusal>(
            request.Key,
            () => Task.FromResult<RequestPlan<RevokeReply, NoRefusal>>(new RequestPlan<RevokeReply, NoRefusal>.Write(
                view, Entry(view),
                RevocationTable.Insert(
                    new(0, view.TokenId, view.Subject, Role: null, view.Before), view.At, view.By, view.Reason))),
            cancellation);
        return answer switch
        {
            RequestAnswer<RevokeReply, NoRefusal>.Done(var done, var isReplay) =>
                done with { Use = isReplay ? KeyUse.Replay : KeyUse.First },
            RequestAnswer<RevokeReply, NoRefusal>.KeyReused => view with { Use = KeyUse.Reused },
            _ => throw new UnreachableException(),
        };
    }

    public async Task SignOut(string session, string subject, CancellationToken cancellation)
    {
        if (await table.IsSession(session, subject, cancellation))
        {
            // One key a session: what is asked twice is one entry.
            await Revoke(
                new(new(CauseId.Of("sign-out", session), new byte[32]), session, null, null, "signed out", subject),
                cancellation);
        }
    }

    private static AuditEntry Entry(RevokeReply view) => new(
        view.At, view.By, "token.revoke", view.TokenId ?? view.Subject ?? "", Before: null,
        AuditEntry.Json(new { jti = view.TokenId, subject = view.Subject, before = view.Before }), view.Reason);
}
