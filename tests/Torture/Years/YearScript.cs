using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Stk.Testing;
using Stk.Testing.Economies;
using Stk.Torture.Hosts;
using Stk.Torture.Workloads;

namespace Stk.Torture.Years;

/// <summary>What happens in each week of the scripted year, in pieces that may be disturbed.</summary>
internal sealed class YearScript(RestApi api, Tokens tokens, ClockMover clock, int weeks)
{
    /// <summary>The quarter whose run is on the Monday after <see cref="RunWeek"/>.</summary>
    public const string Quarter = "2025-Q2";

    /// <summary>
    /// The weeks that end with the warnings of 2 and 29 March, the one before the run, and the one that restores.
    /// </summary>
    public static readonly ImmutableArray<int> QuartersWeeks = [8, 12, RunWeek, RunWeek + 4];

    private const int RunWeek = 13;

    /// <summary>From here the clock jumps a month ahead: what is sent of these weeks comes too late.</summary>
    private const int JumpWeek = 21;

    private const int JumpWeeks = 4;
    private const int BatchMax = 100;
    private const string FirstOperator = "year-operator";
    private const string SecondOperator = "year-second";

    private readonly ILookup<int, YearEvent> _events = EvidenceYear.Of(weeks).ToLookup(EvidenceYear.WeekOf);

    /// <summary>Appeals, leaves and decisions.</summary>
    public int Done { get; private set; }

    public IEnumerable<Func<Task>> Pieces(int week)
    {
        yield return () => Reach(week, End(week).AddSeconds(-1));
        yield return () => Send(week);
        yield return () => Act(week);
        yield return () => Reach(week, End(week == JumpWeek ? week + JumpWeeks : week).AddHours(9));
        if (week == JumpWeek)
        {
            yield return GoBack;
        }
    }

    private static DateTimeOffset End(int week) => EvidenceYear.Monday.AddDays(7 * (week + 1));

    // Not back into the weeks that were jumped over.
    private Task Reach(int week, DateTimeOffset to) =>
        week > JumpWeek && to <= End(JumpWeek + JumpWeeks).AddHours(9) ? Task.CompletedTask : clock.Move(to);

    // Refused, and nothing is undone.
    private async Task GoBack()
    {
        var answer = await Answered(
            HttpMethod.Post, "admin/clock", tokens.Of("operator", FirstOperator), "back",
            new() { ["now"] = End(JumpWeek).UtcDateTime });
        if (answer.IsSuccess)
        {
            throw new InvalidOperationException($"the clock was set back: {answer.Text}");
        }
    }

    private async Task Send(int week)
    {
        foreach (var batch in _events[week].Chunk(BatchMax))
        {
            await Eventually.True(
                async () => await api.Send(new JsonArray([.. batch.Select(one => one.ToJson())])) is not null,
                "events are answered");
        }
    }

    private async Task Act(int week)
    {
        switch (week)
        {
            case 7:
                await Leave(6, "2025-03-20");
                break;
            case 9:
                await Appeal(1);
                await Appeal(5);
                await Appeal(10);
                break;
            case 11:
                await DecideAppeal(1, isAccepted: false);
                await DecideAppeal(5, isAccepted: true);
                break;
            case RunWeek + 1:
                // After the debit; and what was put off is taken.
                await Appeal(11);
                await DecideAppeal(10, isAccepted: false);
                break;
            case RunWeek + 2:
                await DecideAppeal(11, isAccepted: true);
                break;
        }

        if (week % 5 == 4)
        {
            await DecideGrant("frozen", "cancel");
            await DecideGrant("waiting", "release");
        }
    }

    private Task Leave(int person, string from) => Did(
        HttpMethod.Put, $"admin/participants?id={EvidenceYear.Name(person)}", tokens.Of("operator", FirstOperator),
        Text($"leave-{person}"), new() { ["leaveFrom"] = from, ["reason"] = "ill" });

    private Task Appeal(int person) => Did(
        HttpMethod.Post, $"redistribution/{Quarter}/appeal", tokens.Of("participant", EvidenceYear.Name(person)),
        Text($"appeal-{person}"), new() { ["text"] = "I was ill" });

    private async Task DecideAppeal(int person, bool isAccepted)
    {
        var open = await Items("admin/appeals?state=open&limit=100");
        var appeal = open.Single(item => item["participant"]!.GetValue<string>() == EvidenceYear.Name(person));
        await Did(
            HttpMethod.Post, $"admin/appeals/{appeal["id"]!.GetValue<string>()}/decision",
            tokens.Of("operator", SecondOperator), Text($"decide-{person}"),
            new() { ["accepted"] = isAccepted, ["reason"] = "looked at" });
    }

    // The same one at each run: by whom and when it was earned, not by ids, which are numbers of their order.
    private async Task DecideGrant(string state, string verdict)
    {
        var open = await Items($"admin/vesting?state={state}&limit=100");
        if (open.OrderBy(Name, StringComparer.Ordinal).FirstOrDefault() is { } grant)
        {
            await Did(
                HttpMethod.Post, $"admin/vesting/{grant["id"]!.GetValue<string>()}/decision",
                tokens.Of("operator", FirstOperator), Text($"grant-{Name(grant)}"),
                new() { ["verdict"] = verdict, ["reason"] = "looked at" });
        }
    }

    private static string Name(JsonNode grant) => string.Join(
        '-', new[] { "unlocksOn", "participant", "week", "type", "vestsDays" }.Select(member => grant[member]?.ToString()));

    private async Task<IReadOnlyList<JsonNode>> Items(string path)
    {
        var page = await Eventually.Get(() => api.Get(path), answer => answer is not null, $"{path} is answered");
        return [.. page!["items"]!.AsArray().OfType<JsonNode>()];
    }

    private async Task Did(HttpMethod method, string path, string token, string key, JsonObject body)
    {
        var answer = await Answered(method, path, token, key, body);
        if (!answer.IsSuccess)
        {
            throw new InvalidOperationException($"{method} {path} was answered {(int)answer.Status}: {answer.Text}");
        }

        Done++;
    }

    // Under one key, until it is answered for certain.
    private async Task<Operations.RestAnswer> Answered(
        HttpMethod method, string path, string token, string key, JsonObject body)
    {
        var answer = await Eventually.Get(
            () => api.Write(method, path, token, key, body.ToJsonString()),
            answer => answer is { Status: < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests },
            $"{method} {path} is answered");
        return answer!; // or it was asked again
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
