using System.Security.Claims;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Tokens;

/// <summary>Who asks, and about whom.</summary>
internal static class Caller
{
    /// <summary>The token's subject: for a policy that let it pass there is one.</summary>
    public static string SubjectId(this ClaimsPrincipal user) =>
        user.FindFirst(TokenRules.Subject)?.Value ?? throw new InvalidOperationException("no subject: the policy is missing");

    /// <summary>
    /// The participant that a request is about. Participants have themselves alone: another's id and one that nobody has
    /// are the same to them, and neither is looked up.
    /// </summary>
    public static async Task<(string Id, Problem? Problem)> Participant(
        this HttpContext context, Parameters parameters, GrainCalls calls)
    {
        var subject = context.User.SubjectId();
        if (context.User.IsInRole(Role.Participant))
        {
            return parameters.Text("participant") is { } named && named != subject
                ? ("", Problem.NotFound())
                : (subject, parameters.Fault);
        }

        var id = parameters.ParticipantId("participant");
        if (parameters.Fault is { } fault)
        {
            return ("", fault);
        }

        var profile = await calls.Read(
            grains => grains.GetGrain<IParticipantGrain>(id).GetProfile(), context.RequestAborted);
        return profile is null ? ("", Problem.NotFound()) : (id, null);
    }
}
