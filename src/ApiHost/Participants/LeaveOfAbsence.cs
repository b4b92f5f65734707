using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Requests;

namespace Stk.ApiHost.Participants;

/// <summary>A time in which nobody is expected to be active, as an operator says it.</summary>
/// <param name="To">The last day; null: it has no end yet.</param>
internal sealed record LeaveOfAbsence(DateOnly From, DateOnly? To)
{
    /// <summary>Null where the body says nothing of one.</summary>
    public static LeaveOfAbsence? Read(JsonBody body)
    {
        var (from, to) = (body.OptionalDay("leaveFrom"), body.OptionalDay("leaveTo"));
        if (to is not null && (from is null || to < from))
        {
            body.Object("leaveTo", "must be leaveFrom or a later day");
        }

        return from is { } first ? new(first, to) : null;
    }

    public async Task<IResult> Answer(
        HttpContext context, string id, string reason, RequestKey? key, GrainCalls calls)
    {
        // Said twice it is the same: without a key of the client's it has its own, that our own retries repeat.
        var request = new LeaveRequest(
            key ?? new(Guid.NewGuid(), new byte[32]), id, From, To, reason, context.User.SubjectId());
        var reply = await calls.Write(
            (grains, attempt) => grains.GetGrain<ILeavesGrain>(0).Put(request, attempt), CancellationToken.None);
        switch (reply)
        {
            case LeaveReply.Done(var isReplay):
                if (isReplay)
                {
                    context.Response.SayReplayed();
                }

                return await ParticipantEndpoints.Profile(id, context, calls);
            case LeaveReply.Unknown:
                return Problem.NotFound();
            case LeaveReply.KeyReused:
                return new Problem(ProblemTypes.IdempotencyKeyReused);
            case LeaveReply.OperatorUnknown:
                return new Problem(ProblemTypes.OperatorUnknown);
            case LeaveReply.OwnAffair:
                return new Problem(SpendingProblems.OwnAffair);
            default:
                throw new UnreachableException();
        }
    }
}
