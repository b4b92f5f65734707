namespace Stk.ApiHost.Sessions;

/// <summary>
/// Where somebody was who had to sign in, what was typed there included: for some minutes, in that browser alone.
/// </summary>
internal static class ReturnCookie
{
    private const string Name = "stk-return";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    /// <summary>As it was sent: whoever reads it asks whether it is a path of ours.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Set(HttpResponse response, string path)
    {
        var options = Options(response);
        options.MaxAge = Kept;
        response.Cookies.Append(Name, path, options);
    }

    public static void Delete(HttpResponse response)
    {
        if (Read(response.HttpContext.Request) is not null)
        {
            response.Cookies.Delete(Name, Options(response));
        }
    }

    private static CookieOptions Options(HttpResponse response) => new()
    {
        HttpOnly = true,
        Secure = response.HttpContext.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
