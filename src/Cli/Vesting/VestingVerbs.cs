using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Vesting;

namespace Stk.Cli.Vesting;

/// <summary>The verb <c>vesting</c>.</summary>
internal static class VestingVerbs
{
    public static Command Make(ApiVerbs verbs) => new("vesting", "Frozen rewards, and what becomes of them.")
    {
        List(verbs), All(verbs), Decide(verbs), Export(verbs),
    };

    private static Command List(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        var limit = Values.Limit();
        return verbs.Reading(
            "list", "A participant's frozen rewards, those that unlock last first.", ApiVerbs.Participant,
            [participant, limit], async call =>
            {
                var rewards = await call.Client.Vesting.List(call.Value(participant), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(rewards, items => Table.Of(
                    ["week", "type", ">amount", "unlocks", "state", "by", ">released", ">cancelled"], items, reward =>
                    [
                        reward.Week?.ToString() ?? reward.Fund, reward.Type ?? "-", reward.Amount.ToString(),
                        Day(reward.UnlocksOn), reward.State, Waits(reward), reward.Released.ToString(),
                        reward.Cancelled.ToString(),
                    ]));
            });
    }

    private static Command All(ApiVerbs verbs)
    {
        var state = Values.Text("state", "frozen, waiting (for evidence), released or cancelled.")
            .AcceptOnlyFromAmong("frozen", "waiting", "released", "cancelled");
        var limit = Values.Limit();
        return verbs.Reading(
            "all", "Everybody's frozen rewards in one state.", ApiVerbs.Auditor, [state, limit], async call =>
            {
                var rewards = await call.Client.Vesting.ListAll(call.Value(state), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(rewards, items => Table.Of(
                    ["id", "participant", "week", "type", ">amount", "unlocks", "decides by", "missing"], items, reward =>
                    [
                        reward.Id, reward.Participant, reward.Week?.ToString() ?? reward.Fund, reward.Type ?? "-",
                        reward.Amount.ToString(), Day(reward.UnlocksOn), Day(reward.DecidesBy), Waits(reward),
                    ]));
            });
    }

    private static Command Decide(ApiVerbs verbs)
    {
        var id = Values.Text("id", "As vesting all shows it.");
        var verdict = Values.Text("verdict", "release or cancel.").AcceptOnlyFromAmong("release", "cancel");
        var reason = Values.Reason();
        return verbs.Asking(
            "decide", "Releases or cancels a frozen reward, for good.", ApiVerbs.Operator, [id, verdict, reason],
            async call =>
            {
                await call.Confirm($"{(call.Value(verdict) == "release" ? "Release" : "Cancel")} {call.Value(id)} for good?");
                await call.Write(
                    key => call.Client.Vesting.Decide(
                        call.Value(id), call.Value(verdict), call.Required(reason), key, call.Cancellation),
                    Done, Fields);
            });
    }

    private static Command Export(ApiVerbs verbs)
    {
        var from = DayArgument("from", "The first day, 2025-12-18.");
        var to = DayArgument("to", "The last day.");
        return verbs.Reading(
            "export", "What was decided in these days, as CSV.", ApiVerbs.Auditor, [from, to], async call =>
            {
                using var memory = new MemoryStream();
                await call.Client.Vesting.Export(call.Value(from), call.Value(to), memory, call.Cancellation);
                await call.Print(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
            });
    }

    private static Argument<DateOnly> DayArgument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(
                result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{name} must be a day, such as 2025-12-18");
            return default;
        },
    };

    private static string Done(VestingAnswer answer) => answer switch
    {
        VestingAnswer.Done(var reward) => $"{reward.Id} is {reward.State}",
        VestingAnswer.Waiting(var approval) => ApprovalVerbs.Done(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(VestingAnswer answer) => answer switch
    {
        VestingAnswer.Done(var reward) => Fields(reward),
        VestingAnswer.Waiting(var approval) => ApprovalVerbs.Fields(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(FrozenReward reward) => Table.OfFields(
        ("state", reward.State), ("participant", reward.Participant), ("week", reward.Week?.ToString()),
        ("type", reward.Type), ("amount", $"{reward.Amount} STK"), ("released", $"{reward.Released} STK"),
        ("cancelled", $"{reward.Cancelled} STK"), ("id", reward.Id));

    // What it waits for, and how many of its events nothing is said of.
    private static string Waits(FrozenReward reward) => reward.State is "frozen" or "waiting"
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{reward.Condition ?? "its day"}{Open(reward.Events.Count(one => one.Verdict is null), reward.Condition)}")
        : reward.DecidedAt is { } at ? TerminalText.Of(at) : "";

    private static string Open(int events, string? condition) =>
        condition is null || events == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of {events}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
