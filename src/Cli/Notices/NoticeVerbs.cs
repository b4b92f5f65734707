using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stk.Cli.Api;

namespace Stk.Cli.Notices;

/// <summary>The verb <c>notices</c>.</summary>
internal static class NoticeVerbs
{
    public static Command Make(ApiVerbs verbs) => new("notices", "What there was to tell, and how you want to be told.")
    {
        List(verbs), Read(verbs), Preferences(verbs), PreferenceVerbs.Set(verbs), PreferenceVerbs.Confirm(verbs),
        PreferenceVerbs.Secret(verbs),
    };

    private static Command List(ApiVerbs verbs)
    {
        var unread = new Option<bool>("--unread") { Description = "Only what is not read." };
        var participant = Values.Participant();
        var limit = Values.Limit();
        return verbs.Reading(
            "list", "A participant's notices, newest first.", ApiVerbs.Participant, [unread, participant, limit],
            async call =>
            {
                var notices = await call.Client.Notices
                    .List(call.Value(unread) ? true : null, call.Value(participant), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(notices, items => Table.Of(["at", "kind", "read", "text", "id"], items, notice =>
                [
                    TerminalText.Of(notice.At), notice.Kind, notice.Read ? "read" : "", Line(notice.Text),
                    notice.Id.ToString(),
                ]));
            });
    }

    private static Command Read(ApiVerbs verbs)
    {
        var id = Values.Id("id", "Which; notices list shows it.");
        var through = new Option<bool>("--through") { Description = "Also all that came before it." };
        return verbs.Writing(
            "read", "Marks a notice as read.", ApiVerbs.Participant, [id, through], async call => await call.Write(
                _ => call.Value(through)
                    ? call.Client.Notices.ReadThrough(call.Value(id), call.Cancellation)
                    : call.Client.Notices.Read(call.Value(id), call.Cancellation),
                state => string.Create(CultureInfo.InvariantCulture, $"{state.Unread} unread"),
                state => Table.OfFields(("unread", TerminalText.Of(state.Unread)))));
    }

    private static Command Preferences(ApiVerbs verbs) => verbs.Reading(
        "preferences", "How you want to be told.", ApiVerbs.Participant, [], async call => await call.Show(
            await call.Client.Notices.GetPreferences(call.Cancellation), Fields));

    /// <summary>Preferences, a member a line.</summary>
    public static Table Fields(JsonElement preferences)
    {
        var table = Table.OfFields();
        foreach (var member in preferences.EnumerateObject())
        {
            table.Add(member.Name, member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()
                : member.Value.GetRawText());
        }

        return table;
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
