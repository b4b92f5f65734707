using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.ApiHost.Inputs;
using Stk.GrainInterfaces.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Notices;

/// <summary>Reads what a participant chooses.</summary>
/// <param name="subject">Whose id is its name in the forum, where it says true.</param>
/// <param name="mayBeNear">A webhook may be of this machine: in Development, where a list allows some.</param>
internal sealed class PreferenceReading(JsonBody body, string subject, bool mayBeNear)
{
    private const string TimeRule = "must be two different times of the day, such as {\"from\": \"22:00\", \"to\": \"08:00\"}";
    private const string ChannelsRule = "must have email, discourse and webhook alone";
    private const string KindRule = "must be a list of email, discourse and webhook, each once";

    private static readonly FrozenSet<string> Languages =
        NoticeLanguages.All.Select(language => language.WireName()).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Digests =
        NoticeDigests.All.Select(digest => digest.WireName()).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Kinds =
        NoticeKinds.Choosable.Select(kind => kind.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is absent has its default.</summary>
    public NoticeChoices Choices()
    {
        var standard = NoticePreferences.Default;
        var quiet = Quiet();
        return new(
            body.OptionalWord("lang", Languages) ?? standard.Language.WireName(), Zone() ?? standard.Zone,
            quiet?.From, quiet?.To, body.OptionalWord("digest", Digests) ?? standard.Digest.WireName(), Chosen());
    }

    /// <summary>The addresses that are spoken of; null removes one.</summary>
    public ImmutableArray<(NoticeChannel Channel, string? Address)> Addresses()
    {
        var addresses = ImmutableArray.CreateBuilder<(NoticeChannel, string?)>();
        if (body.OptionalNested("channels") is not { } channels)
        {
            return [];
        }

        foreach (var member in channels.EnumerateObject())
        {
            if (NoticeChannels.Find(member.Name) is not { } channel)
            {
                body.Object("channels", ChannelsRule);
            }
            else if (member.Value.ValueKind is JsonValueKind.Null
                || (channel == NoticeChannel.Discourse && member.Value.ValueKind == JsonValueKind.False))
            {
                addresses.Add((channel, null));
            }
            else
            {
                addresses.Add((channel, Address(channel, member.Value)));
            }
        }

        return addresses.DrainToImmutable();
    }

    private string Address(NoticeChannel channel, JsonElement value)
    {
        var (member, address) = channel switch
        {
            NoticeChannel.Email => ("address", Member(value, "address")),
            NoticeChannel.Webhook => ("url", Member(value, "url")),
            _ => ("username", value.ValueKind switch
            {
                JsonValueKind.True => subject,
                JsonValueKind.String => value.GetString(),
                _ => Member(value, "username"),
            }),
        };
        var field = $"channels.{channel.WireName()}";
        if (address is null)
        {
            body.Object(field, $"must be an object with {member}, a string, or null");
            return "";
        }

        if (Broken(channel, address) is { } rule)
        {
            body.Object(field, rule);
        }

        return address;
    }

    private string? Broken(NoticeChannel channel, string address) => channel switch
    {
        NoticeChannel.Email => EmailAddress.Broken(address),
        NoticeChannel.Discourse => DiscourseName.Broken(address),
        _ => WebhookUrl.Broken(address, mayBeNear),
    };

    // What an answer says beside it may be sent back.
    private static string? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().All(
            member => member.Name == name || member.Name is "confirmed" or "off" or "secret" or "confirmBy")
        && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private string? Zone()
    {
        var zone = body.OptionalText("zone");
        if (zone.Length > 0 && !NoticeZones.IsKnown(zone))
        {
            body.Object("zone", NoticeZones.Rule);
        }

        return zone.Length > 0 ? zone : null;
    }

    private (int From, int To)? Quiet()
    {
        if (body.IsNull("quiet"))
        {
            return null;
        }

        var standard = NoticePreferences.Default.Quiet;
        if (body.OptionalNested("quiet") is not { } quiet)
        {
            return standard is { } hours ? (Minutes(hours.From), Minutes(hours.To)) : null;
        }

        if (quiet.GetPropertyCount() == 2 && Time(quiet, "from") is { } from && Time(quiet, "to") is { } to && from != to)
        {
            return (Minutes(from), Minutes(to));
        }

        body.Object("quiet", TimeRule);
        return null;
    }

    private ImmutableDictionary<string, ImmutableArray<string>> Chosen()
    {
        var chosen = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (body.OptionalNested("kinds") is not { } kinds)
        {
            return chosen.ToImmutable();
        }

        foreach (var kind in kinds.EnumerateObject())
        {
            if (!Kinds.Contains(kind.Name))
            {
                // Its name is the client's own text: it is not repeated.
                body.Object("kinds", "must name kinds of notices, such as weekly");
            }
            else if (Channels(kind.Value) is { } channels)
            {
                chosen.Add(kind.Name, channels);
            }
            else
            {
                body.Object($"kinds.{kind.Name}", KindRule);
            }
        }

        return chosen.ToImmutable();
    }

    private static ImmutableArray<string>? Channels(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = value.EnumerateArray()
            .Select(name => name.ValueKind == JsonValueKind.String ? name.GetString() : null).ToList();
        return names.All(name => name is not null && NoticeChannels.Find(name) is not null)
            && names.Distinct().Count() == names.Count
            ? [.. names.OfType<string>()]
            : null;
    }

    private static TimeOnly? Time(JsonElement quiet, string name) =>
        quiet.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
        && TimeOnly.TryParseExact(
            member.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    private static int Minutes(TimeOnly time) => (int)time.ToTimeSpan().TotalMinutes;
}
