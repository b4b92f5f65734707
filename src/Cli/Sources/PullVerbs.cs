using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Sources;

namespace Stk.Cli.Sources;

/// <summary>The verbs <c>sources pull</c>, <c>sources backfill</c> and <c>sources reconcile</c>.</summary>
internal static class PullVerbs
{
    public static Command Pull(ApiVerbs verbs)
    {
        var (name, reason) = (Name(), Why());
        return verbs.Writing("pull", "Has a source asked now.", ApiVerbs.Operator, [name, reason], async call =>
            await call.Write(
                key => call.Client.Sources.Pull(call.Value(name), call.Value(reason), key, call.Cancellation),
                asked => $"source {asked.Name} is asked as soon as a silo can",
                asked => Table.OfFields(("name", asked.Name))));
    }

    public static Command Backfill(ApiVerbs verbs)
    {
        var ofList = Name();
        var (name, reason) = (Name(), Why());
        var from = Values.InstantArgument("from", "The first instant of the past that is meant.");
        var to = Values.InstantArgument("to", "Its end, which is not in it.");
        return new("backfill", "Has a source's past read, behind whatever is new.")
        {
            verbs.Reading("list", "What was asked for, newest first.", ApiVerbs.Auditor, [ofList], async call =>
                await call.ShowAll(
                    await call.Client.Sources.Backfills(call.Value(ofList), call.Cancellation), items => Table.Of(
                        ["id", "state", "from", "to", "done to", "found", "last error"], items, one =>
                        [
                            one.Id.ToString(), one.State, TerminalText.Of(one.From), TerminalText.Of(one.To),
                            TerminalText.Of(one.DoneTo), TerminalText.Of(one.Found), one.LastError ?? "-",
                        ]))),
            verbs.Writing("ask", "Asks for a stretch of the past.", ApiVerbs.Operator, [name, from, to, reason],
                async call => await call.Write(
                    key => call.Client.Sources.Backfill(
                        call.Value(name), call.Value(from), call.Value(to), call.Value(reason), key, call.Cancellation),
                    asked => $"asked for as {asked.Id}",
                    asked => Table.OfFields(
                        ("id", asked.Id.ToString()), ("state", asked.State), ("done to", TerminalText.Of(asked.DoneTo)),
                        ("found", TerminalText.Of(asked.Found))))),
        };
    }

    public static Command Reconcile(ApiVerbs verbs)
    {
        var ofList = Name();
        var (name, reason) = (Name(), Why());
        var week = Values.Week();
        return new("reconcile", "Holds a source's weeks against what is stored.")
        {
            verbs.Reading("list", "What came of it, newest first.", ApiVerbs.Auditor, [ofList], async call =>
                await call.ShowAll(
                    await call.Client.Sources.WeekChecks(call.Value(ofList), call.Cancellation), items => Table.Of(
                        ["id", "week", "state", "missing", "taken back", "added", "checked to"], items, Row))),
            verbs.Writing("ask", "Asks for an open week.", ApiVerbs.Operator, [name, week, reason],
                async call => await call.Write(
                    key => call.Client.Sources.Reconcile(
                        call.Value(name), call.Value(week), call.Value(reason), key, call.Cancellation),
                    asked => $"asked for as {asked.Id}",
                    asked => Table.OfFields(
                        ("id", asked.Id.ToString()), ("week", asked.Week.ToString()), ("state", asked.State)))),
        };
    }

    private static string[] Row(WeekCheck one) =>
    [
        one.Id.ToString(), one.Week.ToString(), one.State, Figure(one.Missing), Figure(one.TakenBack), Figure(one.Added),
        one.CheckedTo is { } to ? TerminalText.Of(to) : "-",
    ];

    private static string Figure(int? figure) => figure is { } known ? TerminalText.Of(known) : "-";

    private static Argument<string> Name() => Values.Text("name", "The source.");

    private static Option<string?> Why() => new("--reason") { Description = "Why, for the record." };
}
