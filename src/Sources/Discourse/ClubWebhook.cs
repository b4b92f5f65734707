using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.Discourse;

/// <summary>
/// Reads webhooks of the club. Only the body is signed, so the headers are not looked at: neither the content type, which is
/// a form's with the same JSON in some installations, nor what they say has happened.
/// </summary>
public static class ClubWebhook
{
    public static ClubDelivery Read(ReadOnlyMemory<byte> body, SourceSettings settings)
    {
        using var document = ForeignJson.TryParse(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root || root.GetPropertyCount() != 1)
        {
            return Unreadable("body", "must be a JSON object of one member");
        }

        var member = root.EnumerateObject().First();
        return member.Name switch
        {
            "post" => Of(ClubReading.Post(member.Value, settings, "post", isListed: false)),
            "topic" => Of(ClubReading.Topic(member.Value, "topic")),
            "like" => Like(member.Value),
            _ => new ClubDelivery.Nothing(),
        };
    }

    private static ClubDelivery Of<TSight>(ClubRead<TSight> read)
        where TSight : ClubSight => read.Value is { } sight
        ? new ClubDelivery.Seen(sight)
        : new ClubDelivery.Unreadable(read.Broken);

    // It has neither a time nor an id: it only says whose likes are worth asking for.
    private static ClubDelivery Like(JsonElement like)
    {
        var author = ForeignJson.TryWhole(ForeignJson.Member(ForeignJson.Member(like, "post"), "user_id"));
        var user = ForeignJson.Member(like, "user");
        if (author is null || ForeignJson.TryWhole(ForeignJson.Member(user, "id")) is not { } liker
            || ForeignJson.TryText(ForeignJson.Member(user, "username")) is not { Length: > 0 and <= ClubReading.MaxName } name)
        {
            return Unreadable("like", "must name the post's user_id, and the user by id and username");
        }

        return liker < 1 || author < 1 || liker == author
            ? new ClubDelivery.Nothing()
            : new ClubDelivery.Ask(new ClubQuestion.Likes(liker, name));
    }

    private static ClubDelivery.Unreadable Unreadable(string field, string rule) => new(new Objection(field, rule));
}
