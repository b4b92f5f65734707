using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Suspensions;

namespace Stk.ApiHost.Participants;

/// <summary>Stops what leaves an account.</summary>
internal static class Suspension
{
    /// <summary>Suspends by one operator, at once.</summary>
    public static async Task<IResult> Answer(
        HttpContext context, string id, bool isSuspended, string reason, RequestKey? key, GrainCalls calls)
    {
        if (!isSuspended)
        {
            return Problem.Invalid("suspended", "must be true: lifting it takes two operators, and is not built yet");
        }

        // Suspending twice changes nothing: without a key of the client's it has its own, that our own retries repeat.
        var request = new SuspendRequest(
            key ?? new(Guid.NewGuid(), new byte[32]), id, reason, context.User.SubjectId());
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
            case SuspendReply.KeyReused:
                return new Problem(ProblemTypes.IdempotencyKeyReused);
            default:
                throw new UnreachableException();
        }
    }
}
