using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Traces;
using Stk.GrainInterfaces.Participants;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Inputs;

/// <summary>About whom a request asks.</summary>
internal static class AskedParticipant
{
    public const string ReasonName = "reason";

    /// <summary>
    /// The participant that a request names. Participants have themselves alone: another's id and one that nobody has
    /// are the same to them, and neither is looked up.
    /// </summary>
    /// <param name="reason">Why an operator or auditor asks, where they say so: it is part of the trace.</param>
    public static Reading<string> NamedParticipant(
        this HttpContext context, Parameters parameters, string? reason = null)
    {
        var subject = context.User.SubjectId();
        if (context.User.IsInRole(Role.Participant))
        {
            return parameters.Text("participant") is { } named && named != subject
                ? Problem.NotFound()
                : parameters.Fault is { } broken ? broken : new Reading<string>.Read(subject);
        }

        var id = parameters.ParticipantId("participant");
        return parameters.Fault is { } fault ? fault
            : context.Traced(id, reason) is { } stopped ? stopped
            : new Reading<string>.Read(id);
    }

    /// <summary>
    /// Leaves a trace of an operator's or auditor's read of a named person's data.
    /// </summary>
    /// <returns>What to answer instead, where it cannot; null where the read goes on.</returns>
    public static Problem? Traced(this HttpContext context, string participant, string? reason = null) =>
        context.RequestServices.GetRequiredService<ReadTraces>().Note(context, participant, reason);

    /// <summary>
    /// Why notes are to be shown to an operator or auditor, from the query; null where they are not. To the two sides of a
    /// note it is shown without.
    /// </summary>
    public static string? ReasonForNotes(this HttpContext context, Parameters parameters) =>
        context.User.IsInRole(Role.Participant) ? null : parameters.OptionalReason(ReasonName);

    /// <summary>The same, and that there is such a participant where an operator or auditor asks.</summary>
    public static async Task<Reading<string>> Participant(
        this HttpContext context, Parameters parameters, GrainCalls calls, string? reason = null)
    {
        var named = context.NamedParticipant(parameters, reason);
        if (!named.IsRead(out var id, out _) || context.User.IsInRole(Role.Participant))
        {
            return named;
        }

        var profile = await calls.Read(
            grains => grains.GetGrain<IProfileGrain>(id).GetProfile(), context.RequestAborted);
        return profile is null ? Problem.NotFound() : named;
    }
}
