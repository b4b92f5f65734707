using System.Security.Cryptography;
using System.Text;
using Stk.GrainInterfaces.Sessions;
using Stk.Hosting.Tokens;
using Stk.Rules.Sessions;

namespace Stk.ApiHost.Sessions;

/// <summary>
/// The cookie that holds a session's secret. <c>Lax</c>: with <c>Strict</c> the session would be lost on the way back from
/// whoever signs people in.
/// </summary>
internal sealed class SessionCookie
{
    private const int EconomyBytes = 4;

    private readonly bool _isSecure;
    private readonly TimeProvider _time;

    public SessionCookie(TokenKeys keys, IHostEnvironment environment, TimeProvider time)
    {
        _isSecure = !environment.IsDevelopment();
        _time = time;
        // Cookies know no ports: two economies on one machine would take each other's. Their keys are their own.
        var economy = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys.Ids)));
        Name = _isSecure ? "__Host-stk-session" : $"stk-session-{Convert.ToHexStringLower(economy[..EconomyBytes])}";
    }

    public string Name { get; }

    /// <summary>The secret that a request shows; null where it shows none.</summary>
    public string? Read(HttpRequest request) =>
        request.Cookies[Name] is { } secret && SessionSecret.IsOne(secret) ? secret : null;

    public void Set(HttpResponse response, OpenedSession opened)
    {
        var options = Options();
        options.MaxAge = opened.EndsAt - _time.GetUtcNow();
        response.Cookies.Append(Name, opened.Secret, options);
    }

    public void Delete(HttpResponse response) => response.Cookies.Delete(Name, Options());

    private CookieOptions Options() => new()
    {
        HttpOnly = true,
        Secure = _isSecure,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
