using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Spending;

namespace Stk.ApiHost.Approvals;

/// <summary>How every write that takes two persons is answered while it waits.</summary>
internal static class ApprovalAnswers
{
    /// <summary>202, and where it can be looked at.</summary>
    public static IResult Waiting(this HttpContext context, ApprovalView approval, bool isReplay)
    {
        if (isReplay)
        {
            context.Response.SayReplayed();
        }

        return TypedResults.Accepted(Address(approval.Id), ApprovalItem.Of(approval));
    }

    public static IResult Waiting(this HttpContext context, SpendingReply<ApprovalView> reply) =>
        context.Answer(reply, waiting => TypedResults.Accepted(Address(waiting.Id), ApprovalItem.Of(waiting)));

    public static string Address(Guid approval) => $"{ApiAddress.Root}/admin/approvals/{approval}";

    /// <summary>Says that an endpoint may answer so.</summary>
    public static RouteHandlerBuilder WithApproval(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<ApprovalItem>(StatusCodes.Status202Accepted)
        .WithAnswerHeader("Location", "What waits for a second operator, under admin/approvals");
}
