using System.Collections.Immutable;
using Stk.ApiHost.Sessions;

namespace Stk.ApiHost.Pages;

/// <summary>How a reader wants pages: language, look and zone, each in a cookie that says nothing of who it is.</summary>
public static class PageView
{
    internal const string Path = "/view";

    private const string LanguageCookie = "stk-lang";
    private const string ThemeCookie = "stk-theme";
    private const string ZoneCookie = "stk-zone";
    private const string System = "system";
    private const string English = "en";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>In the order shown.</summary>
    public static ImmutableArray<string> Themes { get; } = ["light", "dark", System];

    /// <summary>Russian where the reader has not said another.</summary>
    internal static PageWords Words(HttpRequest request) =>
        request.Cookies[LanguageCookie] == English ? PageWords.English : PageWords.Russian;

    internal static string Theme(HttpRequest request) =>
        request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : System;

    /// <summary>As the browser has said; UTC where it has not, or where nobody knows such a zone.</summary>
    internal static TimeZoneInfo Zone(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { Length: > 0 and <= 64 } id
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    /// <summary>Keeps a choice and goes back to where it was made.</summary>
    internal static async Task<IResult> Choose(HttpContext context)
    {
        if (await SessionGate.Find(context) is { } caller)
        {
            context.Features.Set(caller);
        }

        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        if (form["language"] is [English or "ru"] language)
        {
            Keep(context.Response, LanguageCookie, language.ToString());
        }

        if (form["theme"] is [{ } theme] && Themes.Contains(theme))
        {
            Keep(context.Response, ThemeCookie, theme);
        }

        return new SeeOther(LocalPath.Back(form["return"]));
    }

    private static void Keep(HttpResponse response, string name, string value) => response.Cookies.Append(
        name, value, new()
        {
            MaxAge = Kept,
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
            HttpOnly = true,
            Path = "/",
            IsEssential = true,
        });
}
