using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>
/// Tokens are revoked and people suspended, over REST. Each is somebody of its own, who has nothing: what it sends is
/// refused for being suspended, before money is looked at, and leaves nothing.
/// </summary>
internal sealed class Guard(RestApi api, Tokens tokens)
{
    private const string Transfer = """{"to":"nobody","amount":"1"}""";

    // Tokens tell their beginning in seconds: one that is made in the same second as a suspension ends with those before it.
    private const int PastTheSecondMs = 1_100;

    private readonly ConcurrentQueue<string> _problems = new();
    private int _done;

    public CheckResult Result => new(
        "a suspended account pays nothing, its tokens of before and those that were revoked are refused", [.. _problems], _done);

    public async Task Run(CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"guarded-{number}");
            if (await Written(HttpMethod.Put, $"admin/participants?id={id}", id, """{"level":1,"reason":"joins"}""", stop)
                && await Written(HttpMethod.Put, $"admin/participants?id={id}", $"{id}-s", """{"suspended":true,"reason":"stolen"}""", stop)
                && await Written(HttpMethod.Post, "admin/tokens/revoke", $"{id}-r", $$"""{"subject":"{{id}}-other","reason":"stolen"}""", stop))
            {
                await Pause(PastTheSecondMs, stop);
                await Look(id, stop);
            }

            await Pause(500, stop);
        }
    }

    // True once it is done: whatever dies meanwhile, the same key is the same write.
    private async Task<bool> Written(HttpMethod method, string path, string key, string body, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var answer = await api.Write(method, path, tokens.Of("operator", Market.FirstOperator), key, body);
            if (answer is { IsSuccess: true })
            {
                return true;
            }

            if (answer is { Status: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError }
                and not { Status: HttpStatusCode.TooManyRequests })
            {
                _problems.Enqueue($"{method} {path} was answered {(int)answer.Status}: {answer.Text}");
                return false;
            }

            await Pause(200, stop);
        }

        return false;
    }

    private async Task Look(string id, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var answer = await api.Write(HttpMethod.Post, "transfer", tokens.Of("participant", id), $"{id}-t", Transfer);
            if (answer is { Status: HttpStatusCode.UnprocessableEntity }
                && answer.Text.Contains("participant-suspended", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _done);
                return;
            }

            if (answer is { Status: < HttpStatusCode.InternalServerError }
                and not { Status: HttpStatusCode.TooManyRequests })
            {
                _problems.Enqueue($"{id} is suspended, and its transfer was answered {(int)answer.Status}: {answer.Text}");
                return;
            }

            await Pause(200, stop);
        }
    }

    private static Task Pause(int milliseconds, CancellationToken stop) =>
        Task.Delay(milliseconds, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
