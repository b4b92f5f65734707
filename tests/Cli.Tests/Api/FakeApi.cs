using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Stk.Cli.Tests.Api;

/// <summary>An API that answers what a test has set, and keeps what it was asked.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _answers = new(StringComparer.Ordinal);

    public List<Asked> Requests { get; } = [];

    /// <param name="call"><c>GET balance</c>: method and path under the API's root, without the query. Answers come in the
    /// order they were set; the last one stays.</param>
    public FakeApi On(string call, string json, HttpStatusCode status = HttpStatusCode.OK) =>
        On(call, () => Answer(status, "application/json", json));

    public FakeApi Refuses(string call, HttpStatusCode status, string slug, string detail, string errors = "[]") => On(
        call,
        () => Answer(
            status, "application/problem+json",
            $$"""{"type":"/problems/{{slug}}","title":"T","status":{{(int)status}},"detail":"{{detail}}","traceId":"t","errors":{{errors}}}"""));

    public FakeApi On(string call, Func<HttpResponseMessage> answer)
    {
        if (!_answers.TryGetValue(call, out var answers))
        {
            _answers.Add(call, answers = new());
        }

        answers.Enqueue(answer);
        return this;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new(status) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split("/api/v1/tokenomics/", 2)[^1];
        Requests.Add(new(
            $"{request.Method} {path}", request.RequestUri.Query,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value)),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return _answers.TryGetValue($"{request.Method} {path}", out var answers)
            ? (answers.Count > 1 ? answers.Dequeue() : answers.Peek())()
            : Answer(HttpStatusCode.NotFound, "text/plain", "");
    }
}

/// <param name="Call">As in <see cref="FakeApi.On(string, string, HttpStatusCode)"/>.</param>
internal sealed record Asked(string Call, string Query, IReadOnlyDictionary<string, string> Headers, string Body);
