using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Inputs;

/// <summary>About whom a request asks.</summary>
internal static class AskedParticipant
{
    /// <summary>
    /// The participant that a request names. Participants have themselves alone: another's id and one that nobody has
    /// are the same to them, and neither is looked up.
    /// </summary>
    public static Reading<string> NamedParticipant(this HttpContext context, Parameters parameters)
    {
        var subject = context.User.SubjectId();
        if (context.User.IsInRole(Role.Participant))
        {
            return parameters.Text("participant") is { } named && named != subject
                ? Problem.NotFound()
                : parameters.Fault is { } broken ? broken : new Reading<string>.Read(subject);
        }

        var id = parameters.ParticipantId("participant");
        return parameters.Fault is { } fault ? fault : new Reading<string>.Read(id);
    }

    /// <summary>The same, and that there is such a participant where an operator or auditor asks.</summary>
    public static async Task<Reading<string>> Participant(
        this HttpContext context, Parameters parameters, GrainCalls calls)
    {
        var named = context.NamedParticipant(parameters);
        if (!named.IsRead(out var id, out _) || context.User.IsInRole(Role.Participant))
        {
            return named;
        }

        var profile = await calls.Read(
            grains => grains.GetGrain<IProfileGrain>(id).GetProfile(), context.RequestAborted);
        return profile is null ? Problem.NotFound() : named;
    }
}
