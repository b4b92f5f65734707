using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Participants;

namespace Stk.Cli.Participants;

/// <summary>The verb <c>participants</c>.</summary>
internal static class ParticipantVerbs
{
    public static Command Make(ApiVerbs verbs) =>
        new("participants", "Level and exclusion.") { Show(verbs), Set(verbs) };

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
            async call => await call.Show(
                await call.Client.Participants.Set(
                    call.Value(id), call.Value(level), call.Value(excluded), call.Required(reason), call.Key,
                    call.Cancellation),
                Fields));
        command.Validators.Add(result =>
        {
            if (result.GetResult(level) is null && result.GetResult(excluded) is null)
            {
                result.AddError("Give --level, --excluded or both.");
            }
        });
        return command;
    }

    private static Table Fields(Profile profile) => Table.OfFields(
        ("participant", profile.Id), ("level", TerminalText.Of(profile.Level)), ("excluded", profile.Excluded ? "yes" : "no"),
        ("since", TerminalText.Of(profile.RegisteredAt)));
}
