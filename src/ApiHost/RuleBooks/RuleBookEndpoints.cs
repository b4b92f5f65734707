using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Rules.Objections;

namespace Stk.ApiHost.RuleBooks;

/// <summary>The versions of the rule book.</summary>
internal static class RuleBookEndpoints
{
    private const int MaxDocumentBytes = 1_048_576;

    public static void MapRuleBooks(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/rules", Get)
            .WithName("admin-rules").WithSummary("Every version of the rule book, oldest first")
            .WithTags(SharedTags.OperationName)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/rules", Propose)
            .WithName("admin-rules-propose").WithSummary("Ask for a version that rules from a coming week on")
            .WithDescription("It waits for another operator, and is in the history once it is approved.")
            .WithTags(SharedTags.OperationName)
            .WithBody<RuleBookBody>().WithIdempotencyKey(isRequired: false).WithApproval()
            .WithProblems(RuleBookProblems.WeekSealed, RuleBookProblems.ClusterMixed, ProblemTypes.SplitNotWhole)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/rules/{version}/withdraw", Withdraw)
            .WithName("admin-rules-withdraw").WithSummary("Ask that a version which does not rule yet is taken back")
            .WithDescription("It waits for another operator. Its week may be announced for again.")
            .WithTags(SharedTags.OperationName)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true).WithApproval()
            .WithProblems(ProblemTypes.NotFound, SpendingProblems.ActNotPossible)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<Ok<RuleBooksView>> Get(GrainCalls calls, CancellationToken cancellation)
    {
        var versions = await calls.Read(grains => grains.GetGrain<IRuleBookGrain>(0).GetVersions(), cancellation);
        return TypedResults.Ok(new RuleBooksView([.. versions.Select(View)]));
    }

    private static Task<IResult> Propose(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerIfKeyed(
        context, "POST /admin/rules",
        body => (
            From: body.Week("effectiveFrom"), Document: body.Nested("document"), Reason: body.OptionalReason("reason")),
        async (key, sent) =>
        {
            var request = new ProposeRequest(
                sent.From, JsonMarshal.GetRawUtf8Value(sent.Document ?? default).ToArray(), context.User.SubjectId(), key,
                sent.Reason);
            var reply = await calls.Write(
                request.Key, (grains, attempt) => grains.GetGrain<IRuleBookGrain>(0).Propose(request, attempt));
            return reply switch
            {
                ProposeReply.Waiting(var waiting, var isReplay) => context.Waiting(waiting, isReplay),
                ProposeReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                ProposeReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                ProposeReply.NotNow { Reason: NotNowReason.ClusterMixed, Rule: var rule } =>
                    new Problem(RuleBookProblems.ClusterMixed) { Detail = $"{Sentence(rule)}. Nothing has changed." },
                ProposeReply.NotNow late => new Problem(RuleBookProblems.WeekSealed) { Detail = late.Rule },
                ProposeReply.Invalid invalid => Refuse(invalid),
                _ => throw new UnreachableException(),
            };
        },
        MaxDocumentBytes);

    private static string Sentence(string rule) => char.ToUpperInvariant(rule[0]) + rule[1..];

    private static async Task<IResult> Withdraw(string version, HttpContext context, GrainCalls calls)
    {
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !(await calls.Read(grains => grains.GetGrain<IRuleBookGrain>(0).GetVersions(), context.RequestAborted))
                .Any(known => known.Version == number))
        {
            return Problem.NotFound();
        }

        return await KeyedWrite.AnswerReasoned(context, $"POST /admin/rules/{number}/withdraw", async (key, reason) =>
        {
            var request = new WithdrawRequest(key, number, reason, context.User.SubjectId());
            return context.Waiting(await calls.Write(
                (grains, attempt) => grains.GetGrain<IRuleBookGrain>(0).Withdraw(request, attempt), CancellationToken.None));
        });
    }

    private static Problem Refuse(ProposeReply.Invalid invalid)
    {
        var isSplit = invalid.Objections.All(objection => objection.Code == ObjectionCode.SplitNotWhole);
        return new(isSplit ? ProblemTypes.SplitNotWhole : ProblemTypes.InvalidRequest)
        {
            Errors = [.. invalid.Objections.Select(objection => new Objection(Path(objection.Field), objection.Rule))],
        };
    }

    private static string Path(string field) => field == "$" ? "document" : $"document.{field}";

    private static RuleBookVersionView View(RuleBookVersion version)
    {
        using var document = JsonDocument.Parse(version.Document);
        return new(
            version.Version, version.EffectiveFrom, version.AnnouncedAt, version.By, version.ApprovedBy, version.WithdrawnAt,
            document.RootElement.Clone());
    }
}
