using System.CommandLine;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Participants;

namespace Stk.Cli.Participants;

/// <summary>The verb <c>participants</c>.</summary>
internal static class ParticipantVerbs
{
    public static Command Make(ApiVerbs verbs) =>
        new("participants", "Level, exclusion, suspension and leave.")
        {
            Show(verbs), Set(verbs), TakeBack(verbs), Suspend(verbs), Lift(verbs),
            Leave(verbs),
        };

    private static Command Show(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        return verbs.Reading("show", "A participant's level and exclusion.", ApiVerbs.Operator, [id], async call =>
            await call.Show(await call.Client.Participants.Get(call.Value(id), call.Cancellation), Fields));
    }

    private static Command Set(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        var level = new Option<int?>("--level") { Description = "1 to 8." };
        var excluded = new Option<bool?>("--excluded") { Description = "true for staff and bots, who earn nothing; false." };
        var reason = Values.Reason();
        var command = verbs.Writing(
            "set", "Sets a participant's level or exclusion, from now on.", ApiVerbs.Operator, [id, level, excluded, reason],
            async call => await call.Write(
                key => call.Client.Participants.Set(
                    call.Value(id), call.Value(level), call.Value(excluded), call.Required(reason), key, call.Cancellation),
                _ => $"participant {call.Value(id)}", Fields));
        command.Validators.Add(result =>
        {
            if (result.GetResult(level) is null && result.GetResult(excluded) is null)
            {
                result.AddError("Give --level, --excluded or both.");
            }
        });
        return command;
    }

    private static Command TakeBack(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        var what = new Argument<string>("what") { Description = "level, excluded or both." }
            .AcceptOnlyFromAmong("level", "excluded", "both");
        var reason = Values.Reason();
        return verbs.Writing(
            "take-back", "Takes back what operators have said: what sources say counts again.", ApiVerbs.Operator,
            [id, what, reason], async call => await call.Write(
                key => call.Client.Participants.TakeBack(
                    call.Value(id), level: call.Value(what) != "excluded", excluded: call.Value(what) != "level",
                    call.Required(reason), key, call.Cancellation),
                _ => $"participant {call.Value(id)}", Fields));
    }

    private static Command Suspend(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        var reason = Values.Reason();
        return verbs.Writing(
            "suspend", "Stops at once what leaves an account, and ends the participant's tokens of before.",
            ApiVerbs.Operator, [id, reason],
            async call => await call.Write(
                key => call.Client.Participants.Suspend(call.Value(id), call.Required(reason), key, call.Cancellation),
                _ => $"participant {call.Value(id)} is suspended", Fields));
    }

    private static Command Lift(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        var reason = Values.Reason();
        return verbs.Writing(
            "lift", "Asks that a suspension ends; another person must approve.", ApiVerbs.Operator, [id, reason],
            async call => await call.Write(
                key => call.Client.Participants.Lift(call.Value(id), call.Required(reason), key, call.Cancellation),
                ApprovalVerbs.Done, ApprovalVerbs.Fields));
    }

    private static Command Leave(ApiVerbs verbs)
    {
        var id = Values.Text("id", "The participant.");
        var from = new Option<DateOnly>("--from") { Description = "The first day, 2025-12-20.", Required = true };
        var to = new Option<DateOnly?>("--to") { Description = "The last day (default: it has no end yet)." };
        var reason = Values.Reason();
        return verbs.Writing(
            "leave", "Says when a participant is on leave: nothing is taken for inactivity meanwhile.", ApiVerbs.Operator,
            [id, from, to, reason],
            async call => await call.Write(
                key => call.Client.Participants.Leave(
                    call.Value(id), call.Value(from), call.Value(to), call.Required(reason), key, call.Cancellation),
                _ => $"participant {call.Value(id)} is on leave", Fields));
    }

    private static Table Fields(Profile profile) => Table.OfFields(
        ("participant", profile.Id), ("level", TerminalText.Of(profile.Level)), ("excluded", profile.Excluded ? "yes" : "no"),
        ("suspended", profile.Suspended ? "yes" : "no"),
        ("leave", profile.LeaveFrom is { } first ? $"{first:yyyy-MM-dd} to {profile.LeaveTo:yyyy-MM-dd}" : null),
        ("since", TerminalText.Of(profile.RegisteredAt)));
}
