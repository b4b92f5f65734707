using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Audit;

namespace Stk.ApiHost.Audit;

/// <summary>What operators have done.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin) =>
        admin.MapGet("/audit", List)
            .WithName("admin-audit").WithSummary("What operators have done, newest first")
            .WithDescription("Append-only, each entry chained to the one before by its hash.")
            .WithTags(AuditTopic.Tag)
            .WithPages()
            .RequireAuthorization(Policy.ReadAdmin);

    private static async Task<Results<Ok<PageView<AuditItem>>, Problem>> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IAuditGrain>(0).GetEntries(request, attempt), context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<AuditItem>([.. page.Entries.Select(Item)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static AuditItem Item(AuditEntryView entry) => new(
        entry.Sequence, entry.At, entry.By, entry.Action, entry.Subject, Parse(entry.Before), Parse(entry.After),
        entry.Reason, entry.Hash);

    private static JsonElement? Parse(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
