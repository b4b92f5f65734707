using System.Security.Claims;
using System.Text.Json;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Limits;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;

namespace Stk.ApiHost.Activity;

/// <summary>Where sources send what people have done.</summary>
internal static class EventEndpoints
{
    /// <summary>Unit: events.</summary>
    public const int MaxBatch = 10_000;

    public static void AddIntake(this IServiceCollection services)
    {
        services.AddOptions<EventIntakeOptions>()
            .BindConfiguration(EventIntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GenesisCache>();
        services.AddSingleton<SourceAdmissions>();
        services.AddSingleton<EventIntake>();
    }

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapPost("/events", Send)
            .WithName("events").WithSummary("Record one event, an array of up to 10,000, or up to 50,000 lines")
            .WithTags(EventTopic.Tag)
            .WithDescription(
                "Answers in the order sent, after they are stored. Sending the same body again is harmless. One event that breaks "
                + "a rule is rejected by itself, also where its properties are too deep or hold half a character. As "
                + "application/x-ndjson the body has one event a line, at most 64 KiB each, and so has the answer; blank lines "
                + "are ignored. A type that the source may not send is rejected; alone it is 403 event-type-not-allowed.")
            .WithBody<SentEventBody[]>()
            .Produces<EventAnswerView[]>()
            .WithProblems(
                EventProblems.EmptyBatch, EventProblems.BatchTooLarge, EventProblems.EventRejected,
                EventProblems.TruncatedBody, SourceProblems.Unknown, SourceProblems.Paused,
                SourceProblems.EventTypeNotAllowed)
            .RequireAuthorization(Policy.SendEvents);

    private static async Task<IResult> Send(
        HttpContext context, ClaimsPrincipal user, EventIntake intake, SourceAdmissions sources)
    {
        var source = user.SubjectId();
        if (await sources.Find(source, context.RequestAborted) is not { } gate)
        {
            return new Problem(SourceProblems.Unknown);
        }

        if (!gate.IsActive)
        {
            return new Problem(SourceProblems.Paused);
        }

        return RequestBody.IsOf(context.Request, EventLines.MediaType)
            ? await SendLines(context, source, gate, intake)
            : await SendJson(context, source, gate, intake);
    }

    private static async Task<IResult> SendJson(HttpContext context, string source, SourceGate gate, EventIntake intake)
    {
        var read = await RequestBody.Read(
            context.Request, ServerLimits.MaxBodyBytes, new JsonMeter(MaxBatch, EventProblems.BatchTooLarge));
        if (!read.IsRead(out var bytes, out var refused))
        {
            return refused;
        }

        using var body = bytes;
        using var document = StrictJson.TryParseEvents(body.Memory);
        if (document is null)
        {
            return new Problem(ProblemTypes.MalformedJson);
        }

        var root = document.RootElement;
        if (Objection(root) is { } problem)
        {
            return problem;
        }

        var batch = await intake.Record(
            source, books => EventBatch.Read(root, books, gate), context.RequestAborted);
        return root.ValueKind == JsonValueKind.Object
            && batch.Answer(0) is { Outcome: EventOutcome.Rejected, Field: var field, Rule: var rule }
                ? Alone(new(field ?? "$", rule ?? ""))
                : new EventAnswers(batch);
    }

    private static async Task<IResult> SendLines(HttpContext context, string source, SourceGate gate, EventIntake intake)
    {
        var read = await RequestBody.Read(
            context.Request, ServerLimits.MaxBodyBytes, mediaType: EventLines.MediaType);
        if (!read.IsRead(out var bytes, out var refused))
        {
            return refused;
        }

        using var body = bytes;
        return EventLines.Read(body.Memory).IsRead(out var lines, out var problem)
            ? new EventAnswers(
                await intake.Record(source, books => EventBatch.Read(lines, books, gate), context.RequestAborted),
                areLines: true)
            : problem;
    }

    private static Problem Alone(Objection broken) => new(
        broken == new Objection("event", SourceGate.TypeRule)
            ? SourceProblems.EventTypeNotAllowed
            : EventProblems.EventRejected)
    {
        Errors = [broken],
    };

    // Faults of the whole body: nothing of it is stored.
    private static Problem? Objection(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => null,
        JsonValueKind.Array when root.GetArrayLength() == 0 => new(EventProblems.EmptyBatch),
        JsonValueKind.Array => null,
        _ => Problem.Invalid("body", "must be an event or an array of events"),
    };
}
