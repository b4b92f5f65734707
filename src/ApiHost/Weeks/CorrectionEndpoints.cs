using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Weeks;

/// <summary>What a closed week gave somebody, corrected.</summary>
internal static class CorrectionEndpoints
{
    public static void MapCorrections(this IEndpointRouteBuilder admin) =>
        admin.MapPost("/weeks/{week}/corrections", Correct)
            .WithName("admin-week-correction").WithSummary("Correct what a closed week gave a participant")
            .WithDescription(
                "The amount is signed: from the rewards fund, or back to it and then at most what is available. The "
                + "statement gets a revision, and its participant a notice; streaks, exports and seals stay. Somebody whom "
                + "the week gave nothing can be corrected too. 202: above what one signature may give in seven days, "
                + "whatever its sign, it waits for another operator.")
            .WithTags(WeekTopic.Tag)
            .WithBody<CorrectionBody>().WithIdempotencyKey(isRequired: true)
            .Produces<CorrectionItem>(StatusCodes.Status201Created).WithApproval()
            .WithProblems(
                SpendingProblems.WeekNotSettled, SpendingProblems.UnknownParticipant, SpendingProblems.InsufficientFunds,
                SpendingProblems.BalanceTooLarge, SpendingProblems.ParticipantSuspended, SpendingProblems.OwnAffair)
            .RequireAuthorization(Policy.WriteAdmin);

    private static async Task<IResult> Correct(string week, HttpContext context, GrainCalls calls)
    {
        if (!WeekId.TryParse(week, out var id))
        {
            return Problem.Invalid("week", WeekPath.Rule);
        }

        return await KeyedWrite.Answer(
            context, $"POST /admin/weeks/{id}/corrections",
            body => (
                Participant: body.ParticipantId("participant"), Amount: body.SignedAmount("amount"),
                Reason: body.Reason("reason")),
            async (key, sent) =>
            {
                var request = new CorrectRequest(key, sent.Participant, sent.Amount, sent.Reason, context.User.SubjectId());
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<ICorrectionsGrain>(id.ToString()).Correct(request, attempt),
                    CancellationToken.None);
                return Answer(context, reply);
            });
    }

    private static IResult Answer(HttpContext context, SpendingReply<CorrectionView> reply) =>
        context.Answer(reply, correction =>
        {
            if (correction.Waiting is { } waiting)
            {
                return context.Waiting(waiting, isReplay: false); // said already
            }

            context.Response.ShowSequence(correction.Sequence);
            return TypedResults.Created((string?)null, CorrectionItem.Of(correction));
        });
}
