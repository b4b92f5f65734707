using System.Collections.Immutable;
using System.Globalization;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Limits;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sources;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Participants;

namespace Stk.ApiHost.Activity;

/// <summary>Where files come that a source's system has exported. What a line says is read in the silo.</summary>
internal static class ImportEndpoints
{
    /// <summary>Of one call to a silo. Unit: lines.</summary>
    private const int AtOnce = 1_000;

    /// <summary>Shown of one body; all are kept.</summary>
    private const int MostRejected = 100;

    // Not sent on, and so not kept either: it is no row of an export.
    private static readonly WebhookAnswer TooLong = new(null, null, EventOutcome.Rejected, "line", EventLines.LineRule);

    public static void MapImports(this IEndpointRouteBuilder api) =>
        api.MapPost("/sources/{name}/import", Import)
            .WithName("source-import").WithSummary("Take in up to 50,000 lines of PostHog's batch exports")
            .WithTags(EventTopic.Tag)
            .WithDescription(
                "By the source's own token. As application/x-ndjson, one row a line, at most 64 KiB each, with uuid, event, "
                + "distinct_id, timestamp (with an offset, or bare in UTC), properties (an object, or its text) and whatever else. "
                + "Names and ids are read by the source's settings, as what is pulled. Sending the same body again is harmless. "
                + "What is rejected is kept in quarantine; the first 100 are in the answer.")
            .WithBody<SentEventBody[]>(mediaType: EventLines.MediaType)
            .Produces<ImportedView>()
            .WithProblems(
                EventProblems.EmptyBatch, EventProblems.BatchTooLarge, EventProblems.TruncatedBody, SourceProblems.Unknown,
                SourceProblems.Paused, SourceProblems.NoFiles)
            .RequireAuthorization(Policy.SendEvents);

    private static async Task<IResult> Import(string name, HttpContext context, GrainCalls calls)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var read = await RequestBody.Read(context.Request, ServerLimits.MaxBodyBytes, mediaType: EventLines.MediaType);
        if (!read.IsRead(out var bytes, out var refused))
        {
            return refused;
        }

        using var body = bytes;
        return EventLines.Read(body.Memory).IsRead(out var lines, out var problem)
            ? await Take(name, lines, context, calls)
            : problem;
    }

    private static async Task<IResult> Take(string name, EventLines lines, HttpContext context, GrainCalls calls)
    {
        var by = context.User.SubjectId();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var rejected = ImmutableArray.CreateBuilder<ImportRejection>();
        var nothing = 0;
        foreach (var share in Enumerable.Range(0, lines.Count).Chunk(AtOnce))
        {
            var sent = share.Where(place => !IsTooLong(lines[place])).ToArray();
            var request = new ImportRequest(by, [.. sent.Select(place => lines[place].ToArray())]);
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISourceImportGrain>(name).Take(request, attempt),
                context.RequestAborted);
            if (Refusal(reply.Verdict) is { } refusal)
            {
                return share[0] == 0 ? refusal : refusal with { Detail = StoredInPart(share[0]) };
            }

            var answers = new Queue<WebhookAnswer?>(reply.Answers);
            foreach (var place in share)
            {
                Count(place, IsTooLong(lines[place]) ? TooLong : answers.Dequeue());
            }
        }

        return TypedResults.Ok(new ImportedView(lines.Count, outcomes, nothing, rejected.ToImmutable()));

        void Count(int place, WebhookAnswer? answer)
        {
            if (answer is null)
            {
                nothing++;
                return;
            }

            var outcome = answer.Outcome.WireName();
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (answer.Outcome == EventOutcome.Rejected && rejected.Count < MostRejected)
            {
                rejected.Add(new(place + 1, answer.Uuid, answer.Field ?? "$", answer.Rule ?? ""));
            }
        }
    }

    // What its type says of nothing being stored is true of the first share alone.
    private static string StoredInPart(int lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"Operators have changed the source meanwhile. The first {lines} lines have been taken in, and nothing after them. "
        + $"Once it may send, send the whole body again: it is harmless.");

    private static bool IsTooLong(ReadOnlyMemory<byte> line) => line.Length > EventLines.MaxLineBytes;

    private static Problem? Refusal(ImportVerdict verdict) => verdict switch
    {
        ImportVerdict.Taken => null,
        ImportVerdict.Paused => new(SourceProblems.Paused),
        ImportVerdict.NoFiles => new(SourceProblems.NoFiles),
        _ => new(SourceProblems.Unknown),
    };
}

/// <summary>What became of the lines of a body.</summary>
/// <param name="Lines">Blank ones left out.</param>
/// <param name="Outcomes">How many events of each outcome.</param>
/// <param name="Nothing">Lines that give nothing: PostHog's own events, which nobody has a use for.</param>
/// <param name="Rejected">The first 100.</param>
internal sealed record ImportedView(
    int Lines, SortedDictionary<string, int> Outcomes, int Nothing, ImmutableArray<ImportRejection> Rejected);

/// <param name="Line">From 1, blank ones left out.</param>
internal sealed record ImportRejection(int Line, Guid? Uuid, string Field, string Rule);
