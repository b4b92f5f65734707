using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Revocations;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Causes;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using RevokePlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Revocations.RevokeReply, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Revocations;

/// <inheritdoc cref="IRevocationsGrain"/>
internal sealed class RevocationsGrain(
    RevocationTable table, OperatorRegister register, KeyedWrites writes, IClock clock, TimeProvider time)
    : Grain, IRevocationsGrain
{
    public async Task<RevokeReply> Revoke(RevokeRequest request, CancellationToken cancellation)
    {
        var view = View(request);
        var answer = await writes.Change<RevokeReply, SpendingRefusal>(
            request.Key,
            async () => await register.FindOperator(request.By, cancellation) is { } by
                ? Plan(view, OperatorRegister.Expect(by))
                : new RevokePlan.Refuse(SpendingRefusal.OperatorUnknown),
            cancellation);
        return answer switch
        {
            RequestAnswer<RevokeReply, SpendingRefusal>.Done(var done, var isReplay) =>
                done with { Use = isReplay ? KeyUse.Replay : KeyUse.First },
            RequestAnswer<RevokeReply, SpendingRefusal>.Refused => view with { IsOperatorUnknown = true },
            RequestAnswer<RevokeReply, SpendingRefusal>.KeyReused => view with { Use = KeyUse.Reused },
            _ => throw new UnreachableException(),
        };
    }

    public async Task SignOut(string session, string subject, CancellationToken cancellation)
    {
        if (await table.IsSession(session, subject, cancellation))
        {
            // One key a session: what is asked twice is one entry. Whoever is no operator any more may sign out too.
            var request = new RevokeRequest(
                new(CauseId.Of("sign-out", session), new byte[32]), session, null, null, "signed out", subject);
            var view = View(request);
            await writes.Change<RevokeReply, SpendingRefusal>(
                request.Key, () => Task.FromResult<RevokePlan>(Plan(view)), cancellation);
        }
    }

    private static RevokePlan.Write Plan(RevokeReply view, params IReadOnlyList<NpgsqlBatchCommand> first) => new(
        view,
        new(
            view.At, view.By, "token.revoke", view.TokenId ?? view.Subject ?? "", Before: null,
            AuditEntry.Json(new { jti = view.TokenId, subject = view.Subject, before = view.Before }), view.Reason),
        [
            .. first,
            .. RevocationTable.Insert(
                new(0, view.TokenId, view.Subject, Role: null, view.Before), view.At, view.By, view.Reason),
        ]);

    private RevokeReply View(RevokeRequest request) => new(
        request.TokenId, request.Subject,
        // Tokens are made by real time, and end by it.
        request.TokenId is null
            ? (request.Before ?? time.GetUtcNow()).ToUniversalTime().InWholeMicroseconds()
            : null,
        request.Reason, request.By, clock.Now.InWholeMicroseconds());
}
