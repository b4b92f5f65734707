using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Inactivity;
using Stk.Rules.Quarters;

namespace Stk.Cli.Inactivity;

/// <summary>The verb <c>redistribution</c>.</summary>
internal static class RedistributionVerbs
{
    public static Command Make(ApiVerbs verbs) => new("redistribution", "What inactivity costs, and how it comes back.")
    {
        Show(verbs), Appeal(verbs), Status(verbs), Export(verbs), Restorations(verbs), Appeals(verbs), Decide(verbs),
    };

    private static Command Show(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        return verbs.Reading(
            "show", "What is coming to a participant, and what was taken.", ApiVerbs.Participant, [participant], async call =>
                await call.Show(
                    await call.Client.Redistribution.Get(call.Value(participant), call.Cancellation), Fields));
    }

    private static Command Appeal(ApiVerbs verbs)
    {
        var quarter = Quarter();
        var text = Values.Text("text", "Why nothing should be taken: 1 to 2,000 characters.");
        return verbs.Writing(
            "appeal", "Appeals against what a quarter takes; once a quarter.", ApiVerbs.Participant, [quarter, text],
            async call => await call.Write(
                key => call.Client.Redistribution.Appeal(
                    call.Value(quarter), call.Value(text), key, call.Cancellation),
                receipt => $"appeal {receipt.Id} against {receipt.Quarter}",
                receipt => Table.OfFields(
                    ("quarter", receipt.Quarter), ("at stake", $"{receipt.Sum} STK"), ("at", TerminalText.Of(receipt.At)),
                    ("id", receipt.Id.ToString()))));
    }

    private static Command Status(ApiVerbs verbs)
    {
        var (quarter, preview) = (Quarter(), Preview());
        return verbs.Reading(
            "status", "What a quarter has taken from the inactive.", ApiVerbs.Operator, [quarter, preview], async call =>
                await call.Show(
                    await call.Client.Redistribution.Report(call.Value(quarter), call.Value(preview), call.Cancellation),
                    Report));
    }

    private static Command Export(ApiVerbs verbs)
    {
        var (quarter, preview) = (Quarter(), Preview());
        return verbs.Reading(
            "export", "The same by participant, as CSV: user_id,last_active,days,rate_bp,base,amount,outcome.",
            ApiVerbs.Auditor, [quarter, preview], async call => await call.Print(
                await call.Client.Redistribution.Lines(call.Value(quarter), call.Value(preview), call.Cancellation)));
    }

    private static Command Restorations(ApiVerbs verbs)
    {
        var quarter = Quarter();
        return verbs.Reading(
            "restorations", "What was given back to those who returned, as CSV: week,user_id,amount.", ApiVerbs.Auditor,
            [quarter], async call => await call.Print(
                await call.Client.Redistribution.Restorations(call.Value(quarter), call.Cancellation)));
    }

    private static Command Appeals(ApiVerbs verbs)
    {
        var state = new Option<string?>("--state") { Description = "open, accepted or rejected (default: all)." }
            .AcceptOnlyFromAmong("open", "accepted", "rejected");
        var limit = Values.Limit();
        return verbs.Reading("appeals", "Appeals, newest first.", ApiVerbs.Operator, [state, limit], async call =>
        {
            var appeals = await call.Client.Redistribution.Appeals(call.Value(state), call.Cancellation)
                .Take(call.Value(limit)).ToListAsync(call.Cancellation);
            await call.ShowAll(appeals, items => Table.Of(
                ["id", "participant", "quarter", ">at stake", "state", "at", "text"], items, appeal =>
                [
                    appeal.Id.ToString(), appeal.Participant, appeal.Quarter, appeal.Sum.ToString(), appeal.State,
                    TerminalText.Of(appeal.At), appeal.Text,
                ]));
        });
    }

    private static Command Decide(ApiVerbs verbs)
    {
        var id = Values.Id("id", "Which; redistribution appeals shows it.");
        var verdict = Values.Text("verdict", "accept or reject.").AcceptOnlyFromAmong("accept", "reject");
        var reason = Values.Reason();
        return verbs.Asking(
            "decide", "Accepts or rejects an appeal, for good.", ApiVerbs.Operator, [id, verdict, reason], async call =>
            {
                await call.Confirm($"{(call.Value(verdict) == "accept" ? "Accept" : "Reject")} appeal {call.Value(id)}?");
                await call.Write(
                    key => call.Client.Redistribution.Decide(
                        call.Value(id), call.Value(verdict) == "accept", call.Required(reason), key, call.Cancellation),
                    Done, Fields);
            });
    }

    private static string Done(AppealAnswer answer) => answer switch
    {
        AppealAnswer.Done(var appeal) => $"appeal {appeal.Id} is {appeal.State}",
        AppealAnswer.Waiting(var approval) => ApprovalVerbs.Done(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(AppealAnswer answer) => answer switch
    {
        AppealAnswer.Done(var appeal) => Table.OfFields(
            ("state", appeal.State), ("participant", appeal.Participant), ("quarter", appeal.Quarter),
            ("at stake", $"{appeal.Sum} STK"), ("transaction", appeal.Transaction?.ToString())),
        AppealAnswer.Waiting(var approval) => ApprovalVerbs.Fields(approval),
        _ => throw new UnreachableException(),
    };

    private static Argument<QuarterId> Quarter() => new("quarter")
    {
        Description = "A calendar quarter, 2025-Q4.",
        CustomParser = result =>
        {
            if (!QuarterId.TryParse(result.Tokens[0].Value, out var quarter))
            {
                result.AddError("quarter must be a calendar quarter, such as 2025-Q4.");
            }

            return quarter;
        },
    };

    private static Option<bool> Preview() =>
        new("--preview") { Description = "Before it is done, what it would do now; also of the next quarter." };

    private static Table Report(QuarterReport report)
    {
        var table = Table.OfFields(
            ("quarter", report.Quarter), ("state", report.State), ("runs", TerminalText.Of(report.RunsAt)),
            ("people", TerminalText.Of(report.People)), ("taken", $"{report.Amount} STK"),
            ("rules", string.Create(CultureInfo.InvariantCulture, $"version {report.Rules}")));
        foreach (var sum in report.ByRate)
        {
            table.Add($"at {Percent(sum.RateBp)}", $"{TerminalText.Of(sum.People)}: {sum.Amount} STK");
        }

        foreach (var sum in report.ByOutcome)
        {
            table.Add(sum.Outcome, $"{TerminalText.Of(sum.People)}: {sum.Amount} STK");
        }

        return table;
    }

    private static Table Fields(Redistribution redistribution)
    {
        var table = redistribution.Coming is { } coming
            ? Table.OfFields(
                ("coming", $"{coming.Quarter}, {TerminalText.Of(coming.RunsAt)}"),
                ("last active", $"{coming.LastActive:yyyy-MM-dd}, {TerminalText.Of(coming.Days)} days"),
                ("would take", $"{Percent(coming.RateBp)}, {coming.Sum} STK now"), ("as it stands", coming.Outcome),
                ("prevented by", coming.PreventedBy), ("appeal", coming.Appeal))
            : Table.OfFields(("coming", "nothing"));
        foreach (var taken in redistribution.Taken)
        {
            table.Add($"taken {taken.Quarter}", $"{taken.Amount} STK, {TerminalText.Of(taken.At)}");
            table.Add("comes back", taken switch
            {
                { Returned: { } returned } => $"{returned} STK came back",
                { Restoration: { } way } => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{way.Sum} STK after {way.Weeks} weeks in a row, by {way.Last}: {way.WeeksNow} now"),
                _ => "no",
            });
            if (taken.Appeal is { } appeal)
            {
                table.Add("appeal", taken.AppealReason is { } reason ? $"{appeal}: {reason}" : appeal);
            }
        }

        return table;
    }

    private static string Percent(int rateBp) =>
        string.Create(CultureInfo.InvariantCulture, $"{rateBp / 100m:0.##}%");
}
