using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Deliveries;

namespace Stk.ApiHost.Deliveries;

/// <summary>
/// An address counts when its owner has opened the link that was sent to it. Programs of mail open links by themselves: only
/// the button on the page changes anything.
/// </summary>
internal static class ConfirmEndpoints
{
    private const string Ask =
        """
        <!doctype html>
        <html lang="ru">
        <head><meta charset="utf-8"><title>STK</title></head>
        <body>
        <p>Присылать сюда сообщения о STK?</p>
        <p lang="en">Should messages about STK come here?</p>
        <form method="post"><button autofocus>Да · Yes</button></form>
        </body>
        </html>
        """;

    private const string Done =
        """
        <!doctype html>
        <html lang="ru">
        <head><meta charset="utf-8"><title>STK</title></head>
        <body>
        <p>Адрес подтверждён.</p>
        <p lang="en">The address is confirmed.</p>
        </body>
        </html>
        """;

    // Not which of these it is: whoever has guessed a link learns nothing.
    private const string Over =
        """
        <!doctype html>
        <html lang="ru">
        <head><meta charset="utf-8"><title>STK</title></head>
        <body>
        <p>Эта ссылка больше не действует: ей больше трёх дней, её уже открыли, или после неё отправлено новое письмо.
        Если адрес ещё не подтверждён, запросите новое письмо в личном кабинете.</p>
        <p lang="en">This link is good no more: it is older than three days, was used, or another letter was sent after it.
        If the address is not confirmed yet, ask for another letter in your account.</p>
        </body>
        </html>
        """;

    public static void MapConfirmations(this IEndpointRouteBuilder api)
    {
        // Not in the description: nobody calls them but by a link that they were sent.
        api.MapGet("/notices/confirm/{token}", () => Html(Ask)).AllowAnonymous().ExcludeFromDescription();
        api.MapPost("/notices/confirm/{token}", Confirm).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Confirm(string token, GrainCalls calls) =>
        await calls.Write(
            (grains, attempt) => grains.GetGrain<IDeliveriesGrain>(0).Confirm(token, attempt), CancellationToken.None)
            ? Html(Done)
            : Html(Over, StatusCodes.Status404NotFound);

    private static ContentHttpResult Html(string page, int status = StatusCodes.Status200OK) =>
        TypedResults.Content(page, "text/html; charset=utf-8", statusCode: status);
}
