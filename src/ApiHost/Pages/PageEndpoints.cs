using Stk.ApiHost.Hosting;
using Stk.ApiHost.Limits;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;

namespace Stk.ApiHost.Pages;

/// <summary>The pages of the cabinet. They call what the API's endpoints call, and hold no rule of their own.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this RouteGroupBuilder app, IHostEnvironment environment)
    {
        var pages = app.MapGroup("").WithMetadata(new AdmittedPage()).AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/rules", RulesPage.Get);
        pages.MapPost(PageView.Path, (Delegate)PageView.Choose);
        pages.MapGet(PageAssets.Path + "/{name}", Asset);

        // Who may sign in elsewhere is not known yet: where nobody can, there is nothing behind.
        if (environment.IsDevelopment())
        {
            pages.MapGet(SessionGate.SignInPath, SignInPage.Get);
            pages.MapGroup("").RequireSession().MapOwn();
        }
    }

    /// <summary>Without HEAD: a link is good once, whoever looks at it.</summary>
    public static void MapSignInLink(this IEndpointRouteBuilder app, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            app.MapGet($"{SessionGate.SignInPath}/link", SignInPage.Link)
                .WithMetadata(new AdmittedPage()).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static void MapOwn(this RouteGroupBuilder own)
    {
        own.MapGet("/", HomePage.Get);
        own.MapGet("/history", HistoryPage.Get);
        own.MapGet("/history.csv", HistoryPage.Csv);
        own.MapGet("/history/{id}", HistoryPage.Operation);
        own.MapGet("/transfer", TransferPage.Get);
        own.MapPost("/transfer", TransferPage.Type).WithMetadata(new KeptFields(TypedTransfer.Fields));
        own.MapGet("/transfer/check", TransferPage.Check);
        own.MapPost("/transfer/check", TransferPage.Confirm).WithMetadata(new KeptFields(TypedTransfer.Fields));
        own.MapGet("/transfer/{id}", TransferPage.Receipt);
        own.MapGet("/services", ServicePages.List);
        own.MapGet("/services/{id}", ServicePages.Get);
        own.MapPost("/services/{id}", ServicePages.Choose)
            .WithMetadata(new KeptFields(ChosenPurchase.Fields, ChosenPurchase.RolePrefix));
        own.MapGet("/services/{id}/buy", ServicePages.Check);
        own.MapPost("/services/{id}/buy", ServicePages.Confirm)
            .WithMetadata(new KeptFields(ChosenPurchase.Fields, ChosenPurchase.RolePrefix));
        own.MapGet("/purchases/{id}", ServicePages.Receipt);
        own.MapGet("/sales", SalesPages.Get);
        own.MapGet("/frozen", FrozenPage.Get);
        own.MapGet("/activity", ActivityPages.Get);
        own.MapGet("/weeks", WeeksPage.List);
        own.MapGet("/weeks/{week}", WeeksPage.Get);
        own.MapGet("/weeks/{week}/statement.{form}", WeeksPage.File);
        own.MapGet("/sign-out", (Delegate)SignInPage.ConfirmOut);
        own.MapPost("/sign-out", SignInPage.Out);
    }

    private static async Task Asset(string name, HttpContext context, PageAssets assets)
    {
        if (assets.Find(name) is not { } asset)
        {
            await Problem.NotFound().ExecuteAsync(context);
            return;
        }

        context.Features.Set(AnswerHeaders.OfAssets);
        var response = context.Response;
        response.ContentType = asset.Type;
        response.Headers.Vary = "Accept-Encoding";
        var isPacked = context.Request.Headers.AcceptEncoding.Any(
            encodings => encodings?.Split(',').Any(one => one.Trim() == "br") == true);
        if (isPacked)
        {
            response.Headers.ContentEncoding = "br";
        }

        var content = isPacked ? asset.Packed : asset.Content;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }
}
