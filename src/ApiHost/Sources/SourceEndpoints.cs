using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Participants;

namespace Stk.ApiHost.Sources;

/// <summary>Sources of events and their watermarks.</summary>
internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/sources/{name}", Get)
            .WithName("admin-source").WithSummary("A source's watermark")
            .WithTags(SharedTags.OperationName)
            .Produces<SourceView>()
            .WithProblems(ProblemTypes.NotFound)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPut("/sources/{name}", Put)
            .WithName("admin-source-put").WithSummary("Say up to when a source is complete")
            .WithTags(SharedTags.OperationName)
            .WithBody<SourceBody>().WithIdempotencyKey(isRequired: false)
            .Produces<SourceView>()
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> Get(string name, GrainCalls calls, CancellationToken cancellation)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var source = await calls.Read(grains => grains.GetGrain<ISourceGrain>(name).Get(cancellation), cancellation);
        return source is null ? Problem.NotFound() : TypedResults.Ok(View(source));
    }

    private static async Task<IResult> Put(string name, HttpContext context, GrainCalls calls)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, $"PUT /admin/sources/{name}", Members,
            async (key, sent) =>
            {
                var request = new PutSourceRequest(sent.CompleteTo, sent.IsRequired, key, context.User.SubjectId());
                var source = await calls.Write(
                    request.Key, (grains, attempt) => grains.GetGrain<ISourceGrain>(name).Put(request, attempt));
                return source.Broken is { } rule ? Problem.Invalid("name", rule)
                    : source.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                    : context.Answer(source.Key) is { } reused ? reused
                    : TypedResults.Ok(View(source));
            });
    }

    private static (DateTimeOffset? CompleteTo, bool IsRequired) Members(JsonBody body)
    {
        var completeTo = body.OptionalInstant("completeTo");
        var isRequired = body.OptionalBool("required");
        if (isRequired is null)
        {
            body.Object("required", "must be true or false");
        }

        return (completeTo, isRequired is true);
    }

    private static SourceView View(SourceReply source) => new(source.Name, source.CompleteTo, source.IsRequired);
}
