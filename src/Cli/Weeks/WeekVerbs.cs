using System.CommandLine;
using System.Diagnostics;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Weeks;
using Stk.Rules.Weeks;

namespace Stk.Cli.Weeks;

/// <summary>The verb <c>weeks</c>.</summary>
internal static class WeekVerbs
{
    public static Command Make(ApiVerbs verbs) =>
        new("weeks", "Weekly runs.") { Status(verbs), Close(verbs), Correct(verbs), Export(verbs) };

    private static Command Status(ApiVerbs verbs)
    {
        var week = Values.Week();
        return verbs.Reading("status", "Where a week's run stands.", ApiVerbs.Operator, [week], async call =>
            await call.Show(await call.Client.Weeks.Get(call.Value(week), call.Cancellation), Fields));
    }

    private static Command Close(ApiVerbs verbs)
    {
        var week = Values.Week();
        var reason = new Option<string?>("--reason")
        {
            Description =
                "Go on although a source is not complete, or the week beyond its bounds, for this reason; another person must approve.",
        };
        return verbs.Asking("close", "Runs at once all that remains of a week.", ApiVerbs.Operator, [week, reason], async call =>
        {
            var isForced = call.Value(reason) is not null;
            await call.Confirm(
                $"Close {call.Value(week)}{(isForced ? " whatever it waits for" : "")}? Events that come later are late for ever.");
            if (call.Value(reason) is { } because)
            {
                await call.Write(
                    key => call.Client.Weeks.Override(call.Value(week), because, key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
                return;
            }

            await call.Write(
                key => call.Client.Weeks.Close(call.Value(week), key, call.Cancellation),
                _ => $"the run of week {call.Value(week)}", Fields);
        });
    }

    private static Command Correct(ApiVerbs verbs)
    {
        var week = Values.Week();
        var participant = Values.Text("participant", "Whose reward.");
        var amount = Values.Amount("amount", "What is added to it, or with a minus taken from it, in STK.");
        var reason = Values.Reason();
        return verbs.Asking(
            "correct", "Corrects what a closed week gave a participant.", ApiVerbs.Operator,
            [week, participant, amount, reason], async call =>
            {
                await call.Confirm(
                    $"Correct what {call.Value(week)} gave {call.Value(participant)} by {call.Value(amount)} STK?");
                await call.Write(
                    key => call.Client.Weeks.Correct(
                        call.Value(week), call.Value(participant), call.Value(amount), call.Required(reason), key,
                        call.Cancellation),
                    Done, Fields);
            });
    }

    private static string Done(CorrectionAnswer answer) => answer switch
    {
        CorrectionAnswer.Done(var correction) => $"correction {correction.Id}",
        CorrectionAnswer.Waiting(var approval) => ApprovalVerbs.Done(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(CorrectionAnswer answer) => answer switch
    {
        CorrectionAnswer.Done(var correction) => Table.OfFields(
            ("corrected", $"{correction.Week} of {correction.Participant}"), ("by", $"{correction.Amount} STK"),
            ("revision", TerminalText.Of(correction.Revision)), ("at", TerminalText.Of(correction.At)),
            ("id", correction.Id.ToString())),
        CorrectionAnswer.Waiting(var approval) => ApprovalVerbs.Fields(approval),
        _ => throw new UnreachableException(),
    };

    private static Command Export(ApiVerbs verbs)
    {
        var week = Values.Week();
        var output = new Option<string?>("--output") { Description = "A file, written whole or not at all (default: standard output)." };
        return verbs.Reading("export", "The week's rewards as CSV: date,user_id,points.", ApiVerbs.Auditor, [week, output], async call =>
        {
            if (call.Value(output) is { } file)
            {
                await ExportTo(file, call, call.Value(week));
                return;
            }

            using var memory = new MemoryStream();
            await call.Client.Weeks.Export(call.Value(week), memory, call.Cancellation);
            await call.Print(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        });
    }

    private static async Task ExportTo(string file, ApiCall call, WeekId week)
    {
        var made = file + ".new";
        var stream = File.Create(made);
        try
        {
            await using (stream)
            {
                await call.Client.Weeks.Export(week, stream, call.Cancellation);
            }

            File.Move(made, file, overwrite: true);
        }
        catch
        {
            File.Delete(made);
            throw;
        }
    }

    private static Table Fields(Week week) => Table.OfFields(
        ("week", week.Id.ToString()), ("done", week.Done ?? "nothing yet"),
        ("doing", week.Doing is null ? null : $"{week.Doing}, {week.ShardsDone} of {week.Shards} shards"),
        ("sealed", week.SealedAt is { } at ? TerminalText.Of(at) : null), ("participants", TerminalText.Of(week.Participants)),
        ("total", week.Total is { } total ? $"{total} STK" : null),
        ("reserved", week.Reserved is { } reserved ? $"{reserved} STK" : null), ("paid", $"{week.Paid} STK"),
        ("rules", week.Rules is { } rules ? $"version {rules}" : null), ("waits", week.BlockedBy), ("fault", week.Fault));
}
