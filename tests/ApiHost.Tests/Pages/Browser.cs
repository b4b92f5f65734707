using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Sessions;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>A browser without scripts: keeps cookies, says where its forms come from, and reads what it is shown.</summary>
internal sealed class Browser(ApiHostUnderTest host)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>The session's cookie, as its host has named it; null where there is none.</summary>
    public string? Session => _cookies.Where(pair => pair.Key.Contains("session", StringComparison.Ordinal))
        .Select(pair => pair.Value).FirstOrDefault();

    public static Browser SignedIn(ApiHostUnderTest host, string subject, string language = "ru")
    {
        var browser = new Browser(host);
        var name = host.Services.GetRequiredService<SessionCookie>().Name;
        browser.Keep(name, host.Cluster.Sessions.Open(subject).Secret);
        browser.Keep("stk-lang", language);
        return browser;
    }

    public void Keep(string name, string value) => _cookies[name] = value;

    /// <param name="site">What the browser says of where the link was; null where it says nothing.</param>
    public Task<Answer> Get(
        string path, string? accept = "text/html,application/xhtml+xml,*/*;q=0.8", string? site = null) =>
        Send(HttpMethod.Get, path, null, accept, site is null ? [] : [("Sec-Fetch-Site", site)]);

    /// <summary>Sends a form, as one of our own pages does.</summary>
    public Task<Answer> Post(string path, params (string Name, string Value)[] fields) =>
        PostFrom("same-origin", path, fields);

    /// <param name="site">What the browser says of where the form was; null where it says nothing.</param>
    public async Task<Answer> PostFrom(string? site, string path, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(
            fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        return await Send(HttpMethod.Post, path, body, "text/html", site is null ? [] : [("Sec-Fetch-Site", site)]);
    }

    public async Task<IHtmlDocument> Page(string path)
    {
        var answer = await Get(path);
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Type == "text/html", $"{path}: {answer.Status} {answer.Text}");
        return Read(answer);
    }

    public static IHtmlDocument Read(Answer answer) => new HtmlParser(new()
    {
        IsKeepingSourceReferences = true,
    }).ParseDocument(answer.Text);

    public async Task<string> FormToken() =>
        (await Page("/sign-out")).QuerySelector("main input[name=form]")!.GetAttribute("value")!;

    private async Task<Answer> Send(
        HttpMethod method, string path, HttpContent? body, string? accept, params (string, string)[] headers)
    {
        (string, string)[] all = _cookies.Count == 0
            ? headers
            : [.. headers, ("Cookie", string.Join("; ", _cookies.Select(pair => $"{pair.Key}={pair.Value}")))];
        var answer = await host.Send(method, path, body: body, accept: accept, headers: all);
        if (answer.Headers.TryGetValue("Set-Cookie", out var set))
        {
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                _cookies.Remove(pair[0]);
            }
            else
            {
                _cookies[pair[0]] = pair[1];
            }
        }

        return answer;
    }
}
