using System.Collections.Immutable;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.Sources;

namespace Stk.ApiHost.Sources;

/// <summary>Sources of events, their watermarks and their settings.</summary>
internal static class SourceEndpoints
{
    private const string WhyRaised = "must be there: more points a day may come of the source than before";

    private const string WhyPulled = "must be there: the source is pulled, and its watermark comes from what was read";

    public static void MapSources(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/sources", List)
            .WithName("admin-sources").WithSummary("All sources, with their watermarks and settings")
            .WithTags(SharedTags.OperationName)
            .Produces<SourcesView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapGet("/sources/{name}", Get)
            .WithName("admin-source").WithSummary("A source, with its watermark and settings")
            .WithTags(SharedTags.OperationName)
            .Produces<SourceView>()
            .WithProblems(ProblemTypes.NotFound)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPut("/sources/{name}", Put)
            .WithName("admin-source-put").WithSummary("Say up to when a source is complete, and what it may do")
            .WithTags(SharedTags.OperationName)
            .WithDescription(
                "required and completeTo alone set the watermark, and leave the settings as they are. A body with any setting "
                + "gives all of them: those that are missing have their defaults; required and completeTo then stay where "
                + "they are missing. What is set holds within a second or two. A budget is raised, or taken away, with a "
                + "reason.")
            .WithBody<SourceBody>().WithIdempotencyKey(isRequired: false)
            .Produces<SourceView>()
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> List(GrainCalls calls, CancellationToken cancellation)
    {
        var sources = await calls.Read(grains => grains.GetGrain<ISourcesGrain>(0).List(cancellation), cancellation);
        return TypedResults.Ok(new SourcesView([.. sources.Select(View)]));
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
            context, $"PUT /admin/sources/{name}", body => Members(name, body),
            async (key, sent) =>
            {
                var request = sent with { Key = key, By = context.User.SubjectId() };
                var source = await calls.Write(
                    request.Key, (grains, attempt) => grains.GetGrain<ISourceGrain>(name).Put(request, attempt));
                return source.Broken is { } rule ? Problem.Invalid("name", rule)
                    : source.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                    : source.NeedsReason ? Problem.Invalid("reason", WhyPulled)
                    : source.NeedsBudgetReason ? Problem.Invalid("reason", WhyRaised)
                    : context.Answer(source.Key) is { } reused ? reused
                    : TypedResults.Ok(View(source));
            });
    }

    private static PutSourceRequest Members(string name, JsonBody body)
    {
        var completeTo = body.OptionalInstant("completeTo");
        var isRequired = body.OptionalBool("required");
        var reason = body.OptionalReason("reason");
        if (body.Among(SourceDraftReader.Members) is not { } root)
        {
            if (isRequired is null)
            {
                body.Object("required", "must be true or false");
            }

            return new(completeTo, isRequired is true, Reason: reason);
        }

        var wrong = ImmutableArray.CreateBuilder<Objection>();
        var draft = SourceDraftReader.Read(root, wrong);
        string? settings = null;
        if (wrong.Count > 0)
        {
            body.Object(wrong);
        }
        else
        {
            switch (SourceSettingsRules.Check(name, draft))
            {
                case SettingsVerdict.Invalid { Objections: var objections }:
                    body.Object(objections);
                    break;
                case SettingsVerdict.Valid { Settings: var valid }:
                    settings = SourceSettingsJson.Write(valid);
                    break;
            }
        }

        return new(
            completeTo, isRequired is true, Settings: settings, KeepsCompleteTo: !body.Has("completeTo"),
            KeepsRequired: isRequired is null, Reason: reason);
    }

    private static SourceView View(SourceReply source)
    {
        if (source.Settings is not { } text)
        {
            return new(
                source.Name, source.CompleteTo, source.IsRequired, SourceKind.Push.WireName(), null, null, "", null,
                ["events"], MayLevel: true, MayRegister: true, null, null, null,
                ImmutableSortedDictionary<string, string>.Empty, [],
                Active: true, "idle", source.Held, source.Quarantined, source.PointsToday, null, null, null, 0);
        }

        var settings = SourceSettingsJson.Read(source.Name, text);
        return new(
            source.Name, source.CompleteTo, source.IsRequired, settings.Kind.WireName(), settings.Address, settings.Project,
            settings.Namespace, settings.Types is { } types ? [.. types.Order(StringComparer.Ordinal)] : null,
            [.. SourceDutyNames.WireNames(settings.Duties)], settings.MayLevel, settings.MayRegister,
            settings.HeldAfter is { } age ? (int)age.TotalHours : null, settings.BudgetPerDay,
            settings.Pull is { } pull
                ? new(
                    (int)pull.Every.TotalSeconds, (int)pull.Overlap.TotalHours, (int)pull.Settle.TotalMinutes, pull.From,
                    pull.RequestsPerMinute)
                : null,
            settings.Map.ToImmutableSortedDictionary(StringComparer.Ordinal),
            [.. settings.LeaveOutCategories.Order()], settings.IsActive,
            source.IsOverBudget ? "over-budget" : settings.IsActive ? source.Pull?.State ?? "idle" : "paused", source.Held,
            source.Quarantined, source.PointsToday, source.Pull?.LastEventAt, source.Pull?.LastPullAt,
            source.Pull?.LastError, source.Pull?.Differences ?? 0);
    }
}
