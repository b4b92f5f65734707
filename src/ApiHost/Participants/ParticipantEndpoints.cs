using System.Diagnostics;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Suspensions;

namespace Stk.ApiHost.Participants;

/// <summary>
/// Level and exclusion of a participant. The id stands in the query: it may hold anything that a path may not.
/// </summary>
internal static class ParticipantEndpoints
{
    private const string IdMeaning = "The participant: 1 to 200 characters";
    private const int FirstLevel = 1;
    private const int LastLevel = 8;

    public static void MapParticipants(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/participants", Get)
            .WithName("admin-participant").WithSummary("A participant's level and exclusion")
            .WithTags(SharedTags.OperationName)
            .Produces<ProfileView>()
            .WithQuery("id", IdMeaning, isRequired: true)
            .WithProblems(ProblemTypes.NotFound, ProblemTypes.TracesUnavailable)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPut("/participants", Put)
            .WithName("admin-participant-put").WithSummary("Set a participant's level or exclusion, from now on")
            .WithTags(SharedTags.OperationName)
            .WithBody<ProfileBody>().WithIdempotencyKey(isRequired: false)
            .WithDescription(
                "An operator's word on a level or an exclusion stands, whatever sources say, until null takes it back. "
                + "suspended stands alone beside the reason. true: by one operator nothing leaves the account any more, at once, "
                + "and the participant's tokens of before end. false: 202, it waits for another operator, and nothing has changed. "
                + "leaveFrom stands alone beside leaveTo and the reason: nothing is taken for inactivity of who is on leave on a "
                + "quarter's first day; said again with the same first day, the last word counts.")
            .Produces<ProfileView>().WithApproval()
            .WithQuery("id", IdMeaning, isRequired: true)
            .WithProblems(
                ProblemTypes.NotFound, SpendingProblems.OwnAffair, SpendingProblems.UnknownParticipant,
                SpendingProblems.ActNotPossible)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var id = parameters.ParticipantId("id");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (context.Traced(id) is { } stopped)
        {
            return stopped;
        }

        return await Profile(id, context, calls);
    }

    /// <summary>The answer that shows a participant as operators know one.</summary>
    public static async Task<IResult> Profile(string id, HttpContext context, GrainCalls calls)
    {
        var profile = await calls.Read(
            grains => grains.GetGrain<IProfileGrain>(id).GetProfile(), context.RequestAborted);
        return profile is null ? Problem.NotFound() : TypedResults.Ok(await View(profile, calls));
    }

    private static async Task<IResult> Put(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var id = parameters.ParticipantId("id");
        if (parameters.Fault is { } early)
        {
            return early;
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, $"PUT /admin/participants?id={id}",
            body => (
                Level: body.OptionalInt("level", FirstLevel, LastLevel), TakesBackLevel: body.IsNull("level"),
                IsExcluded: body.OptionalBool("excluded"), TakesBackExclusion: body.IsNull("excluded"),
                IsSuspended: body.OptionalBool("suspended"),
                Leave: LeaveOfAbsence.Read(body),
                Reason: body.Reason("reason")),
            async (key, sent) =>
            {
                var saysNothing = sent is
                {
                    Level: null, IsExcluded: null, TakesBackLevel: false, TakesBackExclusion: false,
                };
                if (sent.IsSuspended is { } isSuspended)
                {
                    return saysNothing && sent.Leave is null
                        ? await Suspension.Answer(context, id, isSuspended, sent.Reason, key, calls)
                        : Problem.Invalid("suspended", "must stand alone beside the reason");
                }

                if (sent.Leave is { } leave)
                {
                    return saysNothing
                        ? await leave.Answer(context, id, sent.Reason, key, calls)
                        : Problem.Invalid("leaveFrom", "must stand alone beside leaveTo and the reason");
                }

                if (saysNothing)
                {
                    return Problem.Invalid("$", "must have level, excluded, suspended or leaveFrom");
                }

                var request = new ChangeProfileRequest(
                    sent.Level, sent.IsExcluded, sent.Reason, context.User.SubjectId(), key, sent.TakesBackLevel,
                    sent.TakesBackExclusion);
                var profile = await calls.Write(
                    request.Key,
                    (grains, attempt) => grains.GetGrain<IProfileGrain>(id).ChangeProfile(request, attempt));
                if (profile.Broken is { } rule)
                {
                    return Problem.Invalid("id", rule);
                }

                return context.Answer(profile.Key) is { } reused ? reused
                    : profile.Refusal switch
                    {
                        null => TypedResults.Ok(await View(profile, calls)),
                        ProfileRefusal.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                        ProfileRefusal.OwnAffair => new Problem(SpendingProblems.OwnAffair),
                        _ => throw new UnreachableException(),
                    };
            });
    }

    private static async Task<ProfileView> View(ProfileReply profile, GrainCalls calls)
    {
        var isSuspended = await calls.Read(
            (grains, attempt) => grains.GetGrain<ISuspensionsGrain>(0).IsSuspended(profile.Id, attempt),
            CancellationToken.None);
        var leave = await calls.Read(
            (grains, attempt) => grains.GetGrain<ILeavesGrain>(0).Get(profile.Id, attempt), CancellationToken.None);
        return new(
            profile.Id, profile.Level, profile.IsExcluded, profile.RegisteredAt, isSuspended, leave?.From, leave?.To);
    }
}
