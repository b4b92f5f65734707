using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Notices;

namespace Stk.ApiHost.Notices;

/// <summary>
/// Ends messages of one kind on one channel, by the link in them, without signing in (RFC 8058). Programs of mail open links
/// by themselves: only POST changes anything.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder api)
    {
        // Not in the description: nobody calls them but by a link that they were sent.
        api.MapGet("/unsubscribe/{link}", Page).AllowAnonymous().ExcludeFromDescription();
        api.MapPost("/unsubscribe/{link}", Unsubscribe).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Page(string link, HttpContext context, GrainCalls calls)
    {
        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticeLinksGrain>(0).Find(link, attempt), context.RequestAborted);
        return found is null ? Problem.NotFound() : Html(found, isDone: false);
    }

    private static async Task<IResult> Unsubscribe(string link, HttpContext context, GrainCalls calls)
    {
        var ended = await calls.Write(
            (grains, attempt) => grains.GetGrain<INoticeLinksGrain>(0).Unsubscribe(link, attempt), CancellationToken.None);
        return ended is null ? Problem.NotFound() : Html(ended, isDone: true);
    }

    private static ContentHttpResult Html(LinkedNotices about, bool isDone)
    {
        var kind = about.Kind is { } name ? $"<code>{WebUtility.HtmlEncode(name)}</code>" : null;
        var channel = WebUtility.HtmlEncode(about.Channel);
        var (title, said, button) = about.Language == "en"
            ? ("Notices", isDone
                ? $"Done: {kind ?? "notices"} will not come by {channel} any more. They stand in your account."
                : $"Should {kind ?? "notices"} not come by {channel} any more? They stand in your account all the same.",
                "Unsubscribe")
            : ("Уведомления", isDone
                ? $"Готово: {kind ?? "уведомления"} больше не будут приходить ({channel}). Они остаются в личном кабинете."
                : $"Больше не присылать {kind ?? "уведомления"} ({channel})? В личном кабинете они останутся.",
                "Отписаться");
        // To where the page itself is: the link is in its address.
        var form = isDone ? "" : $"<form method=\"post\"><button>{button}</button></form>";
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="{about.Language}">
            <head><meta charset="utf-8"><title>{title}</title></head>
            <body>
            <p>{said}</p>
            {form}
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }
}
