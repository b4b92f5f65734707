using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Services;
using Stk.Hosting.Tokens;
using Stk.Rules.Objections;

namespace Stk.ApiHost.Services;

/// <summary>Changes of a service, whoever makes them: a provider its own, an operator any.</summary>
internal static class ServiceChanges
{
    /// <param name="address">Method and path, for the Idempotency-Key.</param>
    public static async Task<IResult> Put(string id, string address, HttpContext context, GrainCalls calls)
    {
        if (!context.Request.VersionMatch().IsRead(out var match, out var problem))
        {
            return problem;
        }

        if (!ServicePath.IsValid(id))
        {
            return Problem.Invalid("id", ServicePath.Rule);
        }

        var isOperator = context.User.IsInRole(Role.Operator);
        return await KeyedWrite.AnswerWithOwnKey(context, address, Members, async (key, sent) =>
        {
            var by = context.User.SubjectId();
            var version = await match.Expected(id, isOperator ? null : by, calls, context.RequestAborted);
            var request = new PutServiceRequest(key, sent.Draft, version, by, isOperator, sent.Provider);
            return Answer(context, await calls.Write(
                (grains, attempt) => grains.GetGrain<IServiceGrain>(id).Put(request, attempt), CancellationToken.None));
        });

        // Whose it is an operator says; of a provider's it goes without saying.
        (ServiceDraft Draft, string? Provider) Members(JsonBody body) =>
            (ServiceDrafts.Read(body), isOperator ? body.OptionalParticipantId("provider") : null);
    }

    /// <param name="address">Method and path, for the Idempotency-Key.</param>
    public static async Task<IResult> SetState(
        string id, bool isAdmitted, string address, HttpContext context, GrainCalls calls)
    {
        if (!context.Request.VersionMatch().IsRead(out var match, out var problem))
        {
            return problem;
        }

        if (!ServicePath.IsValid(id))
        {
            return Problem.Invalid("id", ServicePath.Rule);
        }

        var parameters = new Parameters(context.Request.Query);
        var provider = parameters.OptionalParticipantId("provider");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (isAdmitted && context.Request.Headers.IfMatch.Count == 0)
        {
            return new Problem(ProblemTypes.PreconditionRequired);
        }

        var named = provider is null ? address : $"{address}?provider={provider}";
        return await KeyedWrite.AnswerReasoned(context, named, async (key, reason) =>
        {
            var version = await match.Expected(id, provider, calls, context.RequestAborted);
            var request = new SetServiceStateRequest(
                key, isAdmitted, reason, context.User.SubjectId(), version, provider);
            return Answer(context, await calls.Write(
                (grains, attempt) => grains.GetGrain<IServiceGrain>(id).SetState(request, attempt), CancellationToken.None));
        });
    }

    private static IResult Answer(HttpContext context, ServiceReply reply)
    {
        switch (reply)
        {
            case ServiceReply.Done(var view, var isReplay):
                if (isReplay)
                {
                    context.Response.SayReplayed();
                }

                context.Response.Headers.ETag = EntityTags.OfVersion(view.Version);
                return view.Version == 1
                    ? TypedResults.Created($"{ApiAddress.Root}/services/{view.Id}", ServiceItem.Of(view))
                    : TypedResults.Ok(ServiceItem.Of(view));
            case ServiceReply.Invalid invalid:
                var isSplit = invalid.Objections.All(objection => objection.Code == ObjectionCode.SplitNotWhole);
                return new Problem(isSplit ? ProblemTypes.SplitNotWhole : ProblemTypes.InvalidRequest)
                {
                    Errors = [.. invalid.Objections.Select(objection => new Objection(objection.Field, objection.Rule))],
                };
            case ServiceReply.Unknown:
                return new Problem(SpendingProblems.UnknownService);
            case ServiceReply.Changed:
                return new Problem(ServiceProblems.ServiceChanged);
            case ServiceReply.TooMany:
                return new Problem(ServiceProblems.TooManyProposals);
            case ServiceReply.Several:
                return new Problem(ServiceProblems.SeveralProposals);
            case ServiceReply.Taken:
                return new Problem(ServiceProblems.ServiceIdTaken);
            case ServiceReply.OperatorUnknown:
                return new Problem(ProblemTypes.OperatorUnknown);
            case ServiceReply.OwnAffair:
                return new Problem(SpendingProblems.OwnAffair);
            case ServiceReply.KeyReused:
                return new Problem(ProblemTypes.IdempotencyKeyReused);
            default:
                throw new UnreachableException();
        }
    }
}
