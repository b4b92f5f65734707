using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Rules.Texts;

namespace Stk.ApiHost.Sources;

/// <summary>
/// Where the systems deliver in their own form. Nothing of a body is read here: the silo, which has the secrets, looks at
/// the signature first.
/// </summary>
internal static class WebhookEndpoints
{
    /// <summary>Unit: bytes.</summary>
    public const int MaxBytes = 1_048_576;

    // Those by which one kind or another proves itself, as the silo names them.
    private static readonly ImmutableArray<string> Proofs =
        ["X-Discourse-Event-Signature", "Authorization", "Stk-Signature"];

    public static void MapWebhooks(this IEndpointRouteBuilder api) =>
        // Not in the description: nobody calls it but the systems that operators have told of it.
        api.MapPost("/sources/{name}/webhook", Deliver).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Deliver(string name, HttpContext context, GrainCalls calls)
    {
        if (OutsideName.Malformed(name) is not null)
        {
            return Problem.NotFound();
        }

        if (!(await RequestBody.ReadAsSent(context.Request, MaxBytes)).IsRead(out var body, out var refused))
        {
            return refused;
        }

        byte[] sent;
        using (body)
        {
            sent = body.Memory.ToArray();
        }

        var delivery = new WebhookDelivery(
            sent,
            [
                .. Proofs.Where(context.Request.Headers.ContainsKey).Select(header => new WebhookHeader(
                    header, [.. context.Request.Headers[header].Select(value => value ?? "")])),
            ]);
        var reply = await calls.Write(
            (grains, attempt) => grains.GetGrain<IWebhookGrain>(name).Deliver(delivery, attempt), context.RequestAborted);
        return reply.Verdict switch
        {
            WebhookVerdict.Taken => TypedResults.Ok(reply.Answers.Select(View).ToArray()),
            WebhookVerdict.NotConfigured => new Problem(SourceProblems.NotConfigured),
            WebhookVerdict.NotProved => new Problem(SourceProblems.SignatureInvalid),
            WebhookVerdict.Paused => new Problem(SourceProblems.Paused),
            WebhookVerdict.Unreadable => Problem.Invalid(new Objection(reply.Field ?? "body", reply.Rule ?? "")),
            WebhookVerdict.TypeNotAllowed => new Problem(SourceProblems.EventTypeNotAllowed)
            {
                Errors = [new(reply.Field ?? "event", reply.Rule ?? SourceGate.TypeRule)],
            },
            _ => Problem.NotFound(),
        };
    }

    private static DeliveredEventView View(WebhookAnswer answer) =>
        new(answer.Uuid, answer.Type, answer.Outcome.WireName(), answer.Field, answer.Rule);
}

/// <summary>What became of one event of a delivery.</summary>
/// <param name="Event">Of our types.</param>
internal sealed record DeliveredEventView(Guid? Uuid, string? Event, string Outcome, string? Field, string? Rule);
