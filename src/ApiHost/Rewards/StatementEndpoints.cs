using System.Collections.Frozen;
using System.Collections.Immutable;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Notices;
using Stk.GrainInterfaces.Statements;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Rewards;

/// <summary>The statement of a week, in the form that is asked for, and the report that explains it.</summary>
internal static class StatementEndpoints
{
    private const string Json = "application/json";
    private const string Russian = "ru";
    private const string English = "en";

    // In the order that decides where a client takes them all.
    private static readonly ImmutableArray<StatementFile> Files =
    [
        new("pdf", "application/pdf", StatementForm.Pdf),
        new("json", Json, StatementForm.Json),
        new("csv", "text/csv", StatementForm.Csv),
    ];

    private static readonly FrozenSet<string> Languages = FrozenSet.Create(StringComparer.Ordinal, Russian, English);

    public static void MapStatements(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rewards/weekly", Weekly)
            .WithName("rewards-weekly").WithSummary("The statement of one week")
            .WithDescription(
                "As a PDF that explains it, as JSON, or as CSV with a line an activity, by Accept or format; the PDF where "
                + "neither says. The same revision, language and renderer give the same bytes. The ETag is of the week's "
                + "report: whoever has the document is told so without its being drawn again. Few are drawn at once: busy says "
                + "when to ask again.")
            .WithTags(RewardTopic.Tag)
            .Produces<StatementView>()
            .WithOtherForm("application/pdf", "A document of A4 pages").WithOtherForm("text/csv", "Its lines")
            .WithAnswerHeader("Content-Language", "ru or en: of the PDF")
            .WithAnswerHeader("Content-Disposition", "A name for the PDF's or CSV's file, stk-2025-W51.pdf")
            .WithParticipant().WithQuery("week", "An ISO week, 2025-W51", isRequired: true)
            .WithQuery("revision", "1 for the statement as it was first; absent for the last, with what has corrected it")
            .WithQuery("format", "pdf, json or csv, whatever Accept says")
            .WithQuery("lang", "ru or en, of the PDF; where absent that of the participant's preferences")
            .WithMetadata(new TaggedDescription())
            .WithProblems(ProblemTypes.NotAcceptable)
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/rewards/weekly/report", Report)
            .WithName("rewards-weekly-report")
            .WithSummary("The statement of one week, explained: the week before, eight weeks, advice")
            .WithTags(RewardTopic.Tag)
            .Produces<WeeklyReportView>()
            .WithParticipant().WithQuery("week", "An ISO week, 2025-W51", isRequired: true)
            .WithQuery("revision", "1 for the statement as it was first; absent for the last, with what has corrected it")
            .WithETag()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/rewards/weekly/proof", Proof)
            .WithName("rewards-weekly-proof")
            .WithSummary("What shows that the statement of one week, as it was first, stands under the week's published root")
            .WithDescription(
                "leaf = SHA-256(0x00, salt, the statement's canonical form by RFC 8785); on the way up SHA-256(0x01, left, "
                + "right) with each hash of path on its side; the end is root. Whoever is shown it needs no access here: "
                + "docs/verify-statement.py checks it. 404 for weeks that were reported before roots were kept.")
            .WithTags(RewardTopic.Tag)
            .Produces<StatementProofView>()
            .WithParticipant().WithQuery("week", "An ISO week, 2025-W51", isRequired: true)
            .WithETag()
            .RequireAuthorization(Policy.ReadParticipant);
    }

    private static async Task<IResult> Proof(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var week = parameters.Week("week");
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var proof = await calls.Read(
            (grains, attempt) => grains.GetGrain<IStatementsGrain>(id).GetProof(week, attempt), context.RequestAborted);
        return proof is null ? Problem.NotFound() : TypedResults.Bytes(proof, Json);
    }

    private static async Task<IResult> Report(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var week = parameters.Week("week");
        var revision = parameters.OptionalRevision("revision");
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var report = await calls.Read(
            (grains, attempt) => grains.GetGrain<IStatementsGrain>(id).GetReport(week, revision, attempt),
            context.RequestAborted);
        return report is null ? Problem.NotFound() : TypedResults.Bytes(report, Json);
    }

    private static async Task<IResult> Weekly(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var week = parameters.Week("week");
        var revision = parameters.OptionalRevision("revision");
        var format = parameters.Text("format");
        var asked = parameters.OptionalWord("lang", Languages);
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        if (Asked(context.Request, format) is not { } file)
        {
            return new Problem(ProblemTypes.NotAcceptable);
        }

        // The participant's own choice; only the PDF has words.
        var language = asked ?? (file.Form == StatementForm.Pdf
            ? await calls.Read(
                (grains, attempt) => grains.GetGrain<INoticesGrain>(id).GetLanguage(attempt), context.RequestAborted)
            : Russian);
        var request = new ShowStatement(
            week, file.Form, language == English ? StatementLanguage.English : StatementLanguage.Russian,
            context.Request.KnownTags(), revision);
        var shown = await calls.Read(
            (grains, attempt) => grains.GetGrain<IStatementsGrain>(id).Show(request, attempt), context.RequestAborted);
        return shown is null ? Problem.NotFound() : Answer(context.Response, shown, file, request.Week, language);
    }

    private static StatementFile? Asked(HttpRequest request, string? format)
    {
        var type = format is null ? request.Preferred([.. Files.Select(file => file.Type)]) : null;
        return Files.FirstOrDefault(file => format is null ? file.Type == type : file.Name == format);
    }

    private static IResult Answer(
        HttpResponse response, ShownStatement shown, StatementFile file, WeekId week, string language)
    {
        response.Headers.ETag = $"\"{shown.Tag}\"";
        response.Headers.Vary = "Accept";
        if (file.Form == StatementForm.Pdf)
        {
            response.Headers.ContentLanguage = language;
        }

        if (shown.Content is not { } content)
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (file.Form != StatementForm.Json)
        {
            response.Headers.ContentDisposition = $"inline; filename=\"stk-{week}.{file.Name}\"";
        }

        return TypedResults.Bytes(content, file.ContentType);
    }

    /// <param name="Name">As <c>format</c> names it, and as a file's name ends.</param>
    private sealed record StatementFile(string Name, string Type, StatementForm Form)
    {
        public string ContentType => Form == StatementForm.Csv ? $"{Type}; charset=utf-8; header=present" : Type;
    }
}
