using System.Text.Encodings.Web;
using System.Text.Unicode;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;

namespace Stk.ApiHost.Pages;

/// <summary>What pages stand on.</summary>
internal static class PageRegistration
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Else each Cyrillic letter of what is shown is an entity of eight bytes.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<PageAssets>();
        services.AddSingleton<Parts>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<IProblemPages, ErrorPages>();
    }
}
