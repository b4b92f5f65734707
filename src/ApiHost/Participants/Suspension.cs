using System.Diagnostics;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Suspensions;

namespace Stk.ApiHost.Participants;

/// <summary>Stops what leaves an account, and lets it go on.</summary>
internal static class Suspension
{
    /// <summary>Suspends by one operator, at once; asks that it is lifted, which another one must approve.</summary>
    public static async Task<IResult> Answer(
        HttpContext context, string id, bool isSuspended, string reason, RequestKey? key, GrainCalls calls)
    {
        // Without a key of the client's it has its own, that our own retries repeat: suspending twice changes nothing.
        var own = key ?? new(Guid.NewGuid(), new byte[32]);
        if (!isSuspended)
        {
            var lifting = new LiftSuspensionRequest(own, id, reason, context.User.SubjectId());
            return context.Waiting(await calls.Write(
                (grains, attempt) => grains.GetGrain<ISuspensionsGrain>(0).Lift(lifting, attempt), CancellationToken.None));
        }

        var request = new SuspendRequest(own, id, reason, context.User.SubjectId());
        var reply = await calls.Write(
            (grains, attempt) => grains.GetGrain<ISuspensionsGrain>(0).Suspend(request, attempt), CancellationToken.None);
        switch (reply)
        {
            case SuspendReply.Done(var isReplay):
                if (isReplay)
                {
                    context.Response.SayReplayed();
                }

                return await ParticipantEndpoints.Profile(id, context, calls);
            case SuspendReply.Unknown:
                return Problem.NotFound();
            case SuspendReply.OperatorUnknown:
                return new Problem(ProblemTypes.OperatorUnknown);
            case SuspendReply.KeyReused:
                return new Problem(ProblemTypes.IdempotencyKeyReused);
            default:
                throw new UnreachableException();
        }
    }
}
