using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Operators;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Operators;

/// <summary>The register of operators and auditors. What changes it takes two persons.</summary>
internal static class RegisterEndpoints
{
    private static readonly FrozenSet<string> Roles = FrozenSet.Create(StringComparer.Ordinal, Role.Operator, Role.Auditor);

    public static void MapRegister(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/operators", List)
            .WithName("admin-operators").WithSummary("Operators and auditors, and which person each is")
            .WithTags(OperatorTopic.Tag)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/operators", Add)
            .WithName("admin-operators-add").WithSummary("Ask that somebody is entered")
            .WithDescription("It waits for another person, and is in force on every host a second after the approval.")
            .WithTags(OperatorTopic.Tag)
            .WithBody<AddOperatorBody>().WithIdempotencyKey(isRequired: false).WithApproval()
            .WithProblems(SpendingProblems.ActNotPossible)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/operators/end", End)
            .WithName("admin-operators-end").WithSummary("Ask that an entry ends")
            .WithTags(OperatorTopic.Tag)
            .WithBody<EndOperatorBody>().WithIdempotencyKey(isRequired: false).WithApproval()
            .WithProblems(SpendingProblems.ActNotPossible)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/operators/confirm", Confirm)
            .WithName("admin-operators-confirm").WithSummary("Confirm an operator who was taken over from an earlier build")
            .WithDescription("Another person does it, taken over or not: from then on the operator may approve.")
            .WithTags(OperatorTopic.Tag)
            .WithBody<ConfirmOperatorBody>().WithIdempotencyKey(isRequired: false)
            .Produces<RegisterItem>()
            .WithProblems(SpendingProblems.ActNotPossible, SpendingProblems.NeedsSecondApproval)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<Ok<RegisterView>> List(HttpContext context, GrainCalls calls, TimeProvider time)
    {
        var register = await calls.Read(
            (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).GetRegister(attempt), context.RequestAborted);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new RegisterView([.. register.Select(entry => RegisterItem.Of(entry, now))]));
    }

    private static Task<IResult> Add(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerWithOwnKey(
        context, "POST /admin/operators",
        body =>
        {
            var sent = (
                Subject: body.Name("subject"), Issuer: body.OptionalName("issuer"), Role: body.Word("role", Roles),
                Person: body.Name("person"), Participant: body.OptionalName("participant"),
                Since: body.OptionalInstant("since"), Until: body.OptionalInstant("until"), Reason: body.Reason("reason"));
            if (sent.Until <= sent.Since)
            {
                body.Object("until", "must be after since");
            }

            return sent;
        },
        async (key, sent) =>
        {
            var request = new AddOperatorRequest(
                key, sent.Subject, sent.Issuer, sent.Role, sent.Person, sent.Participant, sent.Since, sent.Until,
                sent.Reason, context.User.SubjectId());
            return context.Waiting(await calls.Write(
                (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).Add(request, attempt), CancellationToken.None));
        });

    private static Task<IResult> End(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerWithOwnKey(
        context, "POST /admin/operators/end",
        body => (
            Subject: body.Name("subject"), Issuer: body.OptionalName("issuer"), Role: body.Word("role", Roles),
            Reason: body.Reason("reason")),
        async (key, sent) =>
        {
            var request = new EndOperatorRequest(
                key, sent.Subject, sent.Issuer, sent.Role, sent.Reason, context.User.SubjectId());
            return context.Waiting(await calls.Write(
                (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).End(request, attempt), CancellationToken.None));
        });

    private static Task<IResult> Confirm(HttpContext context, GrainCalls calls, TimeProvider time) =>
        KeyedWrite.AnswerWithOwnKey(
            context, "POST /admin/operators/confirm",
            body => (Subject: body.Name("subject"), Reason: body.Reason("reason")),
            async (key, sent) =>
            {
                var request = new ConfirmOperatorRequest(key, sent.Subject, sent.Reason, context.User.SubjectId());
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<IOperatorsGrain>(0).Confirm(request, attempt),
                    CancellationToken.None);
                return context.Answer(
                    reply, confirmed => TypedResults.Ok(RegisterItem.Of(confirmed, time.GetUtcNow())));
            });
}
