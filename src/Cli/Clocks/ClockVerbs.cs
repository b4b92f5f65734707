using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Clocks;

namespace Stk.Cli.Clocks;

/// <summary>The verb <c>clock</c>.</summary>
internal static class ClockVerbs
{
    public static Command Make(ApiVerbs verbs) => new("clock", "The economy's clock.") { Show(verbs), Set(verbs), Stop(verbs) };

    private static Command Show(ApiVerbs verbs) =>
        verbs.Reading("show", "Where the clock stands, and how far due work has followed it.", ApiVerbs.Auditor, [], async call =>
            await call.Show(await call.Client.Clock.Get(call.Cancellation), Fields));

    private static Command Set(ApiVerbs verbs)
    {
        var now = Values.InstantArgument("now", "A day (UTC) or an instant, 2025-12-22T08:00:00Z, later than the clock stands.");
        var force = new Option<bool>("--force") { Description = "Also more than a year ahead where something has happened." };
        return verbs.Asking(
            "set", "Moves the manual clock; all that is due on the way runs.", ApiVerbs.Operator, [now, force], async call =>
            {
                await call.Confirm($"Move the clock to {TerminalText.Of(call.Value(now))}? It never goes back.");
                await call.Write(
                    key => call.Client.Clock.Set(call.Value(now), call.Value(force), key, call.Cancellation),
                    clock => $"the clock goes to {TerminalText.Of(clock.Now)}", Fields);
            });
    }

    private static Command Stop(ApiVerbs verbs)
    {
        var reason = Values.Reason();
        return verbs.Writing(
            "stop", "Leaves the manual clock where it has come to on its way.", ApiVerbs.Operator, [reason], async call =>
                await call.Write(
                    key => call.Client.Clock.Stop(call.Required(reason), key, call.Cancellation),
                    clock => $"the clock stays at {TerminalText.Of(clock.Now)}", Fields));
    }

    private static Table Fields(Clock clock) => Table.OfFields(
        ("now", TerminalText.Of(clock.Now)), ("reached", TerminalText.Of(clock.Reached)), ("doing", clock.Doing),
        ("clock", !clock.Manual ? "the host's" : clock.Standing ? "manual" : "manual, not set yet"), ("waits", clock.Waiting),
        ("paused", clock.PausedBecause), ("genesis", clock.Genesis is { } at ? TerminalText.Of(at) : null));
}
