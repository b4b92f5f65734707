using System.Security.Claims;
using System.Text.Json;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Limits;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.Rules.Activity;

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
        services.AddSingleton<EventIntake>();
    }

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapPost("/events", Send)
            .WithName("events").WithSummary("Record one event, or an array of up to 10,000")
            .WithTags(EventTopic.Tag)
            .WithDescription(
                "Answers in the order sent, after they are stored. Sending the same body again is harmless. One event that breaks "
                + "a rule is rejected by itself, also where its properties are too deep or hold half a character.")
            .WithBody<SentEventBody[]>()
            .Produces<EventAnswerView[]>()
            .WithProblems(EventProblems.EmptyBatch, EventProblems.BatchTooLarge, EventProblems.EventRejected)
            .RequireAuthorization(Policy.SendEvents);

    private static async Task<IResult> Send(HttpContext context, ClaimsPrincipal user, EventIntake intake)
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

        var batch = await intake.Record(user.SubjectId(), root, context.RequestAborted);
        return root.ValueKind == JsonValueKind.Object
            && batch.Answer(0) is { Outcome: EventOutcome.Rejected, Field: var field, Rule: var rule }
                ? new Problem(EventProblems.EventRejected) { Errors = [new(field ?? "$", rule ?? "")] }
                : new EventAnswers(batch);
    }

    // Faults of the whole body: nothing of it is stored.
    private static Problem? Objection(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => null,
        JsonValueKind.Array when root.GetArrayLength() == 0 => new(EventProblems.EmptyBatch),
        JsonValueKind.Array => null,
        _ => Problem.Invalid("body", "must be an event or an array of events"),
    };
}
