using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Client.Schedules;

namespace Stk.Cli.Schedules;

/// <summary>The verb <c>schedule</c>.</summary>
internal static class ScheduleVerbs
{
    public static Command Make(ApiVerbs verbs) => new("schedule", "What is due, what was done, and when.")
    {
        Show(verbs), Run(verbs), Skip(verbs),
    };

    private static Command Show(ApiVerbs verbs)
    {
        var limit = Values.Limit();
        return verbs.Reading(
            "show", "What runs, what was done, newest first, and what comes.", ApiVerbs.Auditor, [limit], async call =>
                await call.Show(
                    await call.Client.Schedule.Get(call.Value(limit), cursor: null, call.Cancellation), Rows));
    }

    private static Command Run(ApiVerbs verbs)
    {
        var (kind, subject) = (Kind(), Subject());
        return verbs.Writing(
            "run", "Tries again what is due. Nothing can be run early.", ApiVerbs.Operator, [kind, subject], async call =>
                await call.Write(
                    key => call.Client.Schedule.Run(call.Value(kind), call.Value(subject), key, call.Cancellation),
                    work => $"{work.Kind} of {work.Subject} is tried", Fields));
    }

    private static Command Skip(ApiVerbs verbs)
    {
        var (kind, subject, reason) = (Kind(), Subject(), Values.Reason());
        return verbs.Asking(
            "skip", "Skips a piece of work, for good.", ApiVerbs.Operator, [kind, subject, reason], async call =>
            {
                await call.Confirm($"Skip {call.Value(kind)} of {call.Value(subject)} for good?");
                await call.Write(
                    key => call.Client.Schedule.Skip(
                        call.Value(kind), call.Value(subject), call.Required(reason), key, call.Cancellation),
                    work => $"{work.Kind} of {work.Subject} is skipped", Fields);
            });
    }

    private static Argument<string> Kind() => Values.Text("kind", "As schedule show shows it: week.settle, inactivity.run.");

    private static Argument<string> Subject() => Values.Text("subject", "What it is about: 2025-12-18, 2025-W51, 2026-Q1.");

    private static Table Fields(ComingWork work) => Table.OfFields(
        ("kind", work.Kind), ("subject", work.Subject), ("due", TerminalText.Of(work.Due)));

    private static Table Rows(Schedule schedule) => Table.Of(
        ["state", "kind", "subject", "due", "ended", ">ms", ">tries", "note"],
        [
            .. schedule.Running is { } running ? (DueWork[])[running] : [],
            .. schedule.Coming.Reverse().Select(coming => new DueWork(
                coming.Kind, coming.Subject, coming.Due, null, null, null, 0,
                coming.Due <= schedule.Now ? "due" : "coming", null)),
            .. schedule.Done,
        ],
        work =>
        [
            work.State, work.Kind, work.Subject, TerminalText.Of(work.Due),
            work.Ended is { } ended ? TerminalText.Of(ended) : "", work.TookMs?.ToString(CultureInfo.InvariantCulture) ?? "",
            work.Attempts.ToString(CultureInfo.InvariantCulture), work.Note ?? "",
        ]);
}
