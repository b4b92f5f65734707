using System.Globalization;
using System.Text;
using System.Text.Json;
using Stk.Rules.Sources;
using Stk.Sources.Discourse;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using Stk.Sources.Signatures;

namespace Stk.Sources.Tests.Samples;

/// <summary>Every sample payload, in order: what it is answered with, and the events that it gives.</summary>
public sealed class CasesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, long> People = new() { ["anna"] = 11, ["boris"] = 12, ["vera"] = 13 };

    private readonly ClubMirror _mirror = new("club", "club");
    private readonly Dictionary<long, ClubPost> _posts = [];
    private readonly List<SourceEvent> _log = [];
    private int _minutes;

    public static TheoryData<string> OfPostHog() => [.. Names("posthog")];

    [Theory, MemberData(nameof(OfPostHog))]
    public void PostHogs_case_gives_what_it_must(string name)
    {
        var item = SampleCases.Named(name);
        if (Status(item) == 401)
        {
            Assert.False(IsProved(item));
            return;
        }

        Assert.True(IsProved(item));
        var read = Assert.IsType<ForeignBody.Read>(PostHogEvents.ReadWebhook(Body(item), Settings.OfCase(item)));
        Assert.True(read.IsSingle);
        if (Status(item) == 403)
        {
            Assert.Equal("ExerciseSave", Assert.IsType<ForeignItem.NotAllowed>(Assert.Single(read.Items)).Type);
            return;
        }

        var given = read.Items.OfType<ForeignItem.Wellformed>().Select(wellformed => wellformed.Event).ToList();
        Same(item.GetProperty("expect"), given);
    }

    [Fact]
    public void The_clubs_cases_give_in_order_what_they_must()
    {
        foreach (var name in Names("discourse"))
        {
            var item = SampleCases.Named(name);
            if (Status(item) == 401)
            {
                Assert.False(IsProved(item), name);
                continue;
            }

            Assert.True(IsProved(item), name);
            var from = _log.Count;
            if (name == "post-destroyed")
            {
                // Its note: vera has liked 702 by then, and a pull has found it.
                Settle(702, new ClubSight.Like(702, 13, new(2026, 3, 2, 12, 1, 0, TimeSpan.Zero)));
                from = _log.Count;
            }

            Deliver(item);
            Same(item.GetProperty("expect"), _log[from..]);
            Deliver(item);
            Assert.Empty(_log[from..].Skip(item.GetProperty("expect").GetArrayLength()));
        }

        Assert.Equal(_log.Count, _log.Select(made => made.Activity.Uuid).Distinct().Count());
        // Her like of what was deleted and came again has stood all the time.
        Assert.Single(_log, made => made.Activity.Type == "ClubLikeGiven" && made.Id == "13");
    }

    private void Deliver(JsonElement item)
    {
        var now = Start.AddMinutes(_minutes++);
        switch (ClubWebhook.Read(Body(item), Settings.Club))
        {
            case ClubDelivery.Seen { Sight: ClubSight.Post post }:
                Deliver(post, now);
                break;
            case ClubDelivery.Ask { Question: ClubQuestion.Likes asked }:
                Pull(item, asked, now);
                break;
            case var nothing:
                Assert.IsType<ClubDelivery.Nothing>(nothing);
                break;
        }
    }

    // As the endpoint does it: ask what must be asked, and settle all at once.
    private void Deliver(ClubSight.Post post, DateTimeOffset now)
    {
        var before = _posts.GetValueOrDefault(post.Id) ?? ClubPost.Unknown(post.Id);
        var seen = new List<SeenSight>();
        foreach (var question in _mirror.After(before, new SeenSight(post, Sighting.Hint(now))).Questions)
        {
            switch (question)
            {
                case ClubQuestion.Topic topic:
                    seen.Add(new(new ClubSight.Topic(topic.Id, 11, true), Sighting.Told(now)));
                    break;
                case ClubQuestion.User user:
                    post = post with { Receiver = People[user.Name] };
                    break;
                case ClubQuestion.Post:
                    seen.Add(new(post, Sighting.Told(now)));
                    break;
            }
        }

        Keep(_mirror.After(before, [.. seen, new(post, Sighting.Hint(now))]));
    }

    private void Pull(JsonElement item, ClubQuestion.Likes asked, DateTimeOffset now)
    {
        Assert.Empty(item.GetProperty("answer").EnumerateArray());
        var page = ClubAnswers.Likes(Encoding.UTF8.GetBytes(item.GetProperty("user_actions").GetRawText())).Value;
        Assert.NotNull(page);
        var read = new LikesRead(asked.Liker, DateTimeOffset.MinValue, page.Likes, ListsDeleted: true);
        Assert.True(read.IsOfLiker);
        foreach (var like in read.Seen)
        {
            Keep(_mirror.After(_posts[like.PostId], new SeenSight(like, Sighting.Told(now))));
        }
    }

    private void Settle(long post, ClubSight sight) =>
        Keep(_mirror.After(_posts[post], new SeenSight(sight, Sighting.Told(Start.AddMinutes(_minutes++)))));

    private void Keep(ClubStep step)
    {
        Assert.Empty(step.Questions);
        Assert.Empty(step.Peers);
        _posts[step.After.Id] = step.After;
        _log.AddRange(step.Events);
    }

    private void Same(JsonElement expected, List<SourceEvent> given)
    {
        Assert.Equal(expected.GetArrayLength(), given.Count);
        foreach (var (want, made) in expected.EnumerateArray().Zip(given))
        {
            Assert.Equal(want.GetProperty("event").GetString(), made.Activity.Type);
            Assert.Equal(want.GetProperty("namespace").GetString(), made.Namespace);
            Assert.Equal(want.GetProperty("id").GetString(), made.Id);
            Assert.Equal(made.Namespace.Length > 0 ? $"{made.Namespace}:{made.Id}" : made.Id, made.Activity.DistinctId);
            if (want.TryGetProperty("uuid", out var uuid))
            {
                Assert.Equal(uuid.GetGuid(), made.Activity.Uuid);
            }

            if (want.TryGetProperty("timestamp", out var at))
            {
                Assert.Equal(at.GetDateTimeOffset(), made.Activity.At);
            }

            if (want.TryGetProperty("properties", out var properties))
            {
                Assert.Equal(Text(properties, "peer"), made.Peer);
                Assert.Equal(Text(properties, "object"), made.ObjectId);
            }

            if (want.TryGetProperty("retracts", out var retracts))
            {
                var target = Assert.Single(_log, one => one.Activity.Uuid == made.Activity.Retracts);
                var by = target.Activity.Type == "ClubLikeReceived" ? $" by {target.Peer}" : "";
                Assert.Equal(retracts.GetString(), $"{target.Activity.Type} of {target.ObjectId}{by}");
                Assert.Equal((target.Id, target.Activity.At), (made.Id, made.Activity.At));
            }
        }
    }

    private static bool IsProved(JsonElement item)
    {
        var settings = Settings.OfCase(item);
        var secrets = SourceSecrets.Read(item.GetProperty("source").GetProperty("secret").GetString()!, out _);
        Assert.NotNull(secrets);
        var header = WebhookProof.HeaderOf(settings.Kind)!;
        string?[] values = item.GetProperty("headers").TryGetProperty(header, out var value) ? [value.GetString()] : [];
        return WebhookProof.IsProved(settings.Kind, values, Body(item), secrets, Start);
    }

    private static IEnumerable<string> Names(string kind) => SampleCases.All.EnumerateArray()
        .Where(item => item.GetProperty("source").GetProperty("kind").GetString() == kind)
        .Select(item => item.GetProperty("name").GetString()!);

    private static byte[] Body(JsonElement item) => Encoding.UTF8.GetBytes(item.GetProperty("body").GetString()!);

    private static int Status(JsonElement item) =>
        item.TryGetProperty("status", out var status) ? status.GetInt32() : 200;

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? string.Create(CultureInfo.InvariantCulture, $"{value}") : null;
}
