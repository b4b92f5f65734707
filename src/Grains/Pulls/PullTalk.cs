using System.Collections.Immutable;
using Stk.Channels.Pulls;
using Stk.Grains.Sources;
using Stk.Rules.Objections;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;

namespace Stk.Grains.Pulls;

/// <summary>
/// The questions of one pull, not more of them a minute than may be. Each says first that this silo goes on asking.
/// </summary>
internal sealed class PullTalk(
    PullLease held, string key, PullClient client, PullTable table, SourceOptions options, TimeProvider time)
{
    /// <summary>Of one window: whoever gives more gives them for ever. Unit: pages.</summary>
    public const int PagesMax = 100_000;

    private readonly int _perMinute = held.Settings.Pull?.RequestsPerMinute ?? 1;

    // A silo that asked it before us may just have done so.
    private DateTimeOffset? _last = time.GetUtcNow();

    /// <summary>Of the events' own times, the latest that was seen.</summary>
    public DateTimeOffset? LastEventAt { get; private set; }

    /// <summary>Real time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public void Saw(DateTimeOffset at) => LastEventAt = LastEventAt is { } known && known >= at ? known : at;

    /// <summary>An answer's bytes.</summary>
    /// <param name="path">After the address, with its query.</param>
    /// <exception cref="PullStoppedException">
    /// There is none that can be used, or what was asked for is not there.
    /// </exception>
    public async Task<byte[]> Ask(string path, byte[]? body, CancellationToken cancellation) =>
        await AskOrMissing(path, body, cancellation) ?? throw new PullStoppedException("http-404");

    /// <summary>Null where what was asked for is not there.</summary>
    public async Task<byte[]?> AskOrMissing(string path, byte[]? body, CancellationToken cancellation)
    {
        var pause = PullPauses.BeforeRequest(_last, Now, _perMinute);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, cancellation);
        }

        await table.Renew(held, TimeSpan.FromMilliseconds(options.PullLeaseMs), LastEventAt, cancellation);
        _last = Now;
        var answer = await client.Ask(
            new(new Uri($"{held.Settings.Address}{path}"), Headers(), body),
            TimeSpan.FromMilliseconds(options.PullAnswerMs), cancellation);
        return answer switch
        {
            PullAnswer.Got { Body: var got } => got,
            PullAnswer.Missing => null,
            PullAnswer.Failed { Reason: var reason, Asked: var asked } => throw new PullStoppedException(reason, asked),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Why an answer that came stops the pull.</summary>
    public static PullStoppedException Broken(byte[] answer, Objection broken) =>
        new(IsJson(answer) ? PullReasons.Form(broken.Field) : PullReasons.NotJson);

    private static bool IsJson(byte[] answer)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(answer);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private ImmutableArray<KeyValuePair<string, string>> Headers() => held.Settings.Kind == SourceKind.Discourse
        ? [new("Api-Key", key), new("Api-Username", "system")]
        : [new("Authorization", $"Bearer {key}")];
}
