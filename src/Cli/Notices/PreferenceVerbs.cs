using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stk.Cli.Api;

namespace Stk.Cli.Notices;

/// <summary>What changes how somebody is told: parts of <c>notices</c>.</summary>
internal static class PreferenceVerbs
{
    private const string None = "none";

    public static Command Set(ApiVerbs verbs)
    {
        var lang = new Option<string?>("--lang") { Description = "ru or en." }.AcceptOnlyFromAmong("ru", "en");
        var zone = new Option<string?>("--zone") { Description = "A time zone of the IANA's list, Europe/Moscow." };
        var quiet = new Option<string?>("--quiet")
        {
            Description = "When nothing is sent, by the zone's clock: 22:00-08:00; or none.",
        };
        var digest = new Option<string?>("--digest") { Description = "immediate, daily or weekly." }
            .AcceptOnlyFromAmong("immediate", "daily", "weekly");
        var email = Address("--email", "An address of mail; it counts once the link sent there was opened.");
        var discourse = Address("--discourse", "A name in the forum; it counts once the link sent there was opened.");
        var webhook = Address("--webhook", "An https address; its secret is shown this once.");
        var kinds = new Option<string[]>("--kind")
        {
            Description = "A kind and its channels beside the inbox: weekly=email,webhook or weekly=none. It may be given again.",
        };
        kinds.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError("--kind must be a kind, =, and channels or none: weekly=email,webhook.");
            }
        });
        quiet.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value != None && given.Value.Split('-') is not [_, _])
            {
                result.AddError("--quiet must be two times of the day, 22:00-08:00, or none.");
            }
        });
        return verbs.Writing(
            "set", "Chooses how you want to be told: what is not named stays as it is.", ApiVerbs.Participant,
            [lang, zone, quiet, digest, email, discourse, webhook, kinds], async call =>
            {
                var chosen = JsonObject.Create(await call.Client.Notices.GetPreferences(call.Cancellation))
                    ?? throw new VerbRefusal("The host's answer holds no preferences.");
                // Addresses that are not spoken of stay.
                chosen.Remove("channels");
                var isChanged = Text(chosen, "lang", call.Value(lang)) | Text(chosen, "zone", call.Value(zone))
                    | Quiet(chosen, call.Value(quiet)) | Text(chosen, "digest", call.Value(digest))
                    | Address(chosen, "email", "address", call.Value(email))
                    | Address(chosen, "discourse", "username", call.Value(discourse))
                    | Address(chosen, "webhook", "url", call.Value(webhook)) | Kinds(chosen, call.Value(kinds));
                if (!isChanged)
                {
                    throw new VerbRefusal("Nothing is chosen: name what is to change (--help shows what there is).");
                }

                await call.Write(
                    _ => call.Client.Notices.SetPreferences(JsonSerializer.SerializeToElement(chosen), call.Cancellation),
                    _ => "the preferences are set", NoticeVerbs.Fields);
            });
    }

    public static Command Confirm(ApiVerbs verbs)
    {
        var channel = Values.Text("channel", "email or discourse.").AcceptOnlyFromAmong("email", "discourse");
        return verbs.Writing(
            "confirm", "Has another letter sent that asks to confirm the address of a channel.", ApiVerbs.Participant,
            [channel], async call => await call.Write(
                _ => call.Client.Notices.AskConfirmation(call.Value(channel), call.Cancellation),
                _ => "a letter is sent", NoticeVerbs.Fields));
    }

    public static Command Secret(ApiVerbs verbs) => verbs.Writing(
        "secret", "Gives the webhook another secret, which is shown this once; the one before counts for a day.",
        ApiVerbs.Participant, [], async call => await call.Write(
            _ => call.Client.Notices.ChangeWebhookSecret(call.Cancellation), _ => "the secret is another",
            changed => Table.OfFields(("secret", changed.Secret))));

    private static Option<string?> Address(string name, string description) =>
        new(name) { Description = $"{description} none: removes it." };

    private static bool Text(JsonObject chosen, string member, string? value)
    {
        if (value is not null)
        {
            chosen[member] = value;
        }

        return value is not null;
    }

    private static bool Quiet(JsonObject chosen, string? value)
    {
        if (value is not null)
        {
            chosen["quiet"] = value.Split('-') is [var from, var to]
                ? new JsonObject { ["from"] = from, ["to"] = to }
                : null;
        }

        return value is not null;
    }

    private static bool Address(JsonObject chosen, string channel, string member, string? value)
    {
        if (value is null)
        {
            return false;
        }

        if (chosen["channels"] is not JsonObject channels)
        {
            chosen["channels"] = channels = [];
        }

        channels[channel] = value == None ? null : new JsonObject { [member] = value };
        return true;
    }

    private static bool Kinds(JsonObject chosen, string[]? values)
    {
        if (values is not { Length: > 0 })
        {
            return false;
        }

        if (chosen["kinds"] is not JsonObject kinds)
        {
            chosen["kinds"] = kinds = [];
        }

        foreach (var value in values)
        {
            var border = value.IndexOf('=', StringComparison.Ordinal);
            var (kind, channels) = (value[..border], value[(border + 1)..]);
            kinds[kind] = channels is None or ""
                ? new JsonArray()
                : new JsonArray([.. channels.Split(',').Select(channel => JsonValue.Create(channel.Trim()))]);
        }

        return true;
    }
}
