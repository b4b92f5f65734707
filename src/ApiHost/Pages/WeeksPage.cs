using System.Collections.Immutable;
using System.Text.Json;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Rewards;
using Stk.ApiHost.RuleBooks;
using Stk.ApiHost.Sessions;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Statements;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>Closed weeks, and the statement of one.</summary>
internal static class WeeksPage
{
    private const string Path = "/weeks";
    private const int OnPage = 52;
    private const int CursorCharactersMax = 512;

    public static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var frame = await PageFrames.Of(context);
        var cursor = context.Request.Query["cursor"] is [{ Length: > 0 and <= CursorCharactersMax } said] ? said : null;
        var page = await Read(context, frame, calls, cursor);
        if (!page.IsCursorValid)
        {
            page = await Read(context, frame, calls, null);
        }

        return new PageResult<Weeks>(frame, new WeeksModel(
            page.Rewards, page.Next is { } next ? $"{Path}?cursor={Uri.EscapeDataString(next)}" : null));
    }

    public static async Task<IResult> Get(string week, HttpContext context, GrainCalls calls, RuleBookCache books)
    {
        var frame = await PageFrames.Of(context);
        if (!WeekId.TryParse(week, out var id))
        {
            return Problem.NotFound();
        }

        var report = await calls.Read(
            (grains, attempt) => grains.GetGrain<IStatementsGrain>(frame.Subject!).GetReport(id, revision: null, attempt),
            context.RequestAborted);
        if (report is null || JsonSerializer.Deserialize(report, RewardJson.Default.WeeklyReportView) is not { } shown)
        {
            return Problem.NotFound();
        }

        var book = (await books.Get(context.RequestAborted)).Of(id);
        return new PageResult<Week>(frame, new WeekModel(shown, book));
    }

    /// <summary>The statement as a file, as the API gives it: its links can show no token.</summary>
    public static async Task<IResult> File(string week, string form, HttpContext context, GrainCalls calls)
    {
        var subject = context.Features.Get<PageCaller>()!.Session.Subject;
        (StatementForm Form, string Type)? asked = form switch
        {
            "pdf" => (StatementForm.Pdf, "application/pdf"),
            "csv" => (StatementForm.Csv, "text/csv; charset=utf-8; header=present"),
            "json" => (StatementForm.Json, "application/json"),
            _ => null,
        };
        if (asked is not var (kind, type) || !WeekId.TryParse(week, out var id))
        {
            return Problem.NotFound();
        }

        var language = PageView.Words(context.Request).IsRussian ? StatementLanguage.Russian : StatementLanguage.English;
        var shown = await calls.Read(
            (grains, attempt) => grains.GetGrain<IStatementsGrain>(subject).Show(
                new ShowStatement(id, kind, language, [], Revision: null), attempt),
            context.RequestAborted);
        if (shown?.Content is not { } content)
        {
            return Problem.NotFound();
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"stk-{id}.{form}\"";
        return TypedResults.Bytes(content, type);
    }

    private static Task<RewardPage> Read(HttpContext context, PageFrame frame, GrainCalls calls, string? cursor) =>
        calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!).GetRewards(new(cursor, OnPage), attempt),
            context.RequestAborted);
}

/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record WeeksModel(ImmutableArray<WeeklyRewardView> Rewards, string? Next)
{
    /// <summary>Each week from the last to the first shown; null where it gave nothing.</summary>
    public IEnumerable<(WeekId Week, WeeklyRewardView? Reward)> Calendar()
    {
        var given = Rewards.ToDictionary(reward => reward.Week);
        if (Rewards.IsEmpty)
        {
            yield break;
        }

        for (var week = Rewards[0].Week; week >= Rewards[^1].Week; week = week.Previous)
        {
            yield return (week, given.GetValueOrDefault(week));
        }
    }
}

/// <param name="Book">Of the week.</param>
public sealed record WeekModel(WeeklyReportView Report, RuleBook Book);
