using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.Discourse;

/// <summary>The forms of a post and a topic, which webhooks and answers have in common.</summary>
internal static class ClubReading
{
    /// <summary>Of a user name. Unit: characters.</summary>
    public const int MaxName = 200;

    private const string Regular = "regular";
    private const int PostByPerson = 1;

    /// <param name="isListed">Whether it stands in the public list, which has no private messages.</param>
    public static ClubRead<ClubSight.Post> Post(JsonElement post, SourceSettings settings, string field, bool isListed)
    {
        if (Whole(post, "id", least: 1) is not { } id
            || Whole(post, "topic_id", least: 1) is not { } topic
            || Whole(post, "post_number", least: 1) is not { } number || number > int.MaxValue
            || ForeignJson.TryWhole(ForeignJson.Member(post, "post_type")) is not { } type)
        {
            return new Objection(field, "must have id, topic_id, post_number and post_type, whole numbers");
        }

        if (ForeignJson.TryInstant(ForeignJson.Member(post, "created_at")) is not { } at)
        {
            return new Objection($"{field}.created_at", "must be a time with an offset or Z");
        }

        var user = ForeignJson.Member(post, "user_id");
        if (!ForeignJson.IsAbsent(user) && ForeignJson.TryWhole(user) is null)
        {
            return new Objection($"{field}.user_id", "must be a whole number or null");
        }

        if (ForeignJson.TryFlag(ForeignJson.Member(post, "hidden")) is not { } isHidden
            || ForeignJson.TryFlag(ForeignJson.Member(post, "user_deleted")) is not { } isWithdrawn
            || !TryDeleted(post, out var deletedAt))
        {
            return new Objection(field, "must have hidden and user_deleted, true or false, and deleted_at, a time or null");
        }

        if (!TryArchetype(post, "topic_archetype", out var isRegular) || !TryAnswered(post, out var answered))
        {
            return new Objection(field, "must have topic_archetype, a string, and reply_to_user, with a username or null");
        }

        var category = ForeignJson.TryWhole(ForeignJson.Member(post, "category_id"));
        var isLeftOut = category is { } known && settings.LeaveOutCategories.Contains(known);
        bool? counts = type != PostByPerson || isHidden || isLeftOut ? false : isRegular ?? (isListed ? true : null);
        var author = ForeignJson.TryWhole(user) ?? 0;
        return new ClubSight.Post(id, topic, (int)number, author, at, counts)
        {
            IsDeleted = deletedAt is not null || isWithdrawn,
            DeletedAt = deletedAt,
            AnswersName = answered,
            AuthorName = ForeignJson.TryText(ForeignJson.Member(post, "username")) is { Length: > 0 and <= MaxName } name
                ? name
                : null,
            // Both names are of one moment: this one is the author's own.
            Receiver = answered is not null && answered == ForeignJson.TryText(ForeignJson.Member(post, "username"))
                ? author
                : null,
        };
    }

    public static ClubRead<ClubSight.Topic> Topic(JsonElement topic, string field)
    {
        if (Whole(topic, "id", least: 1) is not { } id)
        {
            return new Objection($"{field}.id", "must be a whole number above 0");
        }

        if (!TryArchetype(topic, "archetype", out var isRegular) || !TryDeleted(topic, out var deletedAt))
        {
            return new Objection(field, "must have archetype, a string, and deleted_at, a time or null");
        }

        var author = ForeignJson.TryWhole(ForeignJson.Member(topic, "user_id"))
            ?? ForeignJson.TryWhole(ForeignJson.Member(ForeignJson.Member(topic, "created_by"), "id"))
            ?? ForeignJson.TryWhole(
                ForeignJson.Member(ForeignJson.Member(ForeignJson.Member(topic, "details"), "created_by"), "id"));
        return new ClubSight.Topic(id, author, isRegular) { IsDeleted = deletedAt is not null, DeletedAt = deletedAt };
    }

    public static long? Whole(JsonElement from, string name, long least) =>
        ForeignJson.TryWhole(ForeignJson.Member(from, name)) is { } value && value >= least ? value : null;

    private static bool TryDeleted(JsonElement from, out DateTimeOffset? at)
    {
        var element = ForeignJson.Member(from, "deleted_at");
        at = ForeignJson.TryInstant(element);
        return at is not null || ForeignJson.IsAbsent(element);
    }

    private static bool TryArchetype(JsonElement from, string name, out bool? isRegular)
    {
        var element = ForeignJson.Member(from, name);
        var text = ForeignJson.TryText(element);
        isRegular = text is null ? null : text == Regular;
        return text is not null || ForeignJson.IsAbsent(element);
    }

    private static bool TryAnswered(JsonElement post, out string? name)
    {
        var element = ForeignJson.Member(post, "reply_to_user");
        name = ForeignJson.TryText(ForeignJson.Member(element, "username"));
        return name is { Length: > 0 and <= MaxName } || ForeignJson.IsAbsent(element);
    }
}
