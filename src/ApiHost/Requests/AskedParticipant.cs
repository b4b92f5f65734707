using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Tokens;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Requests;

/// <summary>About whom a request asks.</summary>
internal static class AskedParticipant
{
    /// <summary>
    /// The participant that a request names. Participants have themselves alone: another's id and one that nobody has
    /// are the same to them, and neither is looked up.
    /// </summary>
    public static (string Id, Problem? Problem) NamedParticipant(this HttpContext context, Parameters parameters)
    {
        var subject = context.User.SubjectId();
        if (context.User.IsInRole(Role.Participant))
        {
            return parameters.Text("participant") is { } named && named != subject
                ? ("", Problem.NotFound())
                : (subject, parameters.Fault);
        }

        var id = parameters.ParticipantId("participant");
        return parameters.Fault is { } fault ? ("", fault) : (id, null);
    }

    /// <summary>The same, and that there is such a participant where an operator or auditor asks.</summary>
    public static async Task<(string Id, Problem? Problem)> Participant(
        this HttpContext context, Parameters parameters, GrainCalls calls)
    {
        var (id, problem) = context.NamedParticipant(parameters);
        if (problem is not null || context.User.IsInRole(Role.Participant))
        {
            return (id, problem);
        }

        var profile = await calls.Read(
            grains => grains.GetGrain<IParticipantGrain>(id).GetProfile(), context.RequestAborted);
        return profile is null ? ("", Problem.NotFound()) : (id, null);
    }
}
