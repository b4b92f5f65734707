using Stk.ApiHost.Sessions;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Pages;

/// <summary>Makes the frame of a page from its request.</summary>
internal static class PageFrames
{
    /// <summary>Where nobody need be signed in.</summary>
    public static PageFrame Anonymous(HttpContext context)
    {
        var request = context.Request;
        var services = context.RequestServices;
        return new(
            PageView.Words(request), PageView.Theme(request), PageView.Zone(request),
            request.Path + request.QueryString.Value, Subject: null, FormToken: null, Standing: null,
            services.GetRequiredService<TimeProvider>().GetUtcNow(), services.GetRequiredService<PageAssets>())
        {
            CanSignIn = services.GetRequiredService<IHostEnvironment>().IsDevelopment(),
        };
    }

    /// <summary>Of whoever the gate has let in, or who has come with a session to a page for everybody.</summary>
    public static async Task<PageFrame> Of(HttpContext context)
    {
        var frame = Anonymous(context);
        if (context.Features.Get<PageCaller>() is not { } caller)
        {
            return frame;
        }

        var subject = caller.Session.Subject;
        var standing = await context.RequestServices.GetRequiredService<Parts>().Read(
            (grains, _) => grains.GetGrain<IProfileGrain>(subject).GetStanding(), context.RequestAborted);
        return frame with { Subject = subject, FormToken = caller.FormToken, Standing = standing };
    }
}
