using System.Text;
using System.Text.Json.Nodes;
using Stk.Rules.Sources;
using Stk.Sources.Discourse;
using Stk.Sources.Tests.Samples;

namespace Stk.Sources.Tests.Discourse;

public sealed class ClubReadingTests
{
    private static readonly string Comment = SampleCases.Named("comment-to-comment").GetProperty("body").GetString()!;

    [Fact]
    public void A_category_that_is_left_out_gives_nothing()
    {
        var settings = Settings.Of(new() { Kind = "discourse", LeaveOutCategories = [4] });

        Assert.False(Post(Webhook(Comment, settings)).Counts);
        Assert.True(Post(Webhook(Comment)).Counts);
    }

    [Theory]
    [InlineData("id", "0")]
    [InlineData("id", "\"703\"")]
    [InlineData("id", "703.5")]
    [InlineData("id", "1e400")]
    [InlineData("topic_id", "null")]
    [InlineData("post_number", "-1")]
    [InlineData("post_number", "99999999999")]
    [InlineData("post_type", "null")]
    [InlineData("user_id", "\"13\"")]
    [InlineData("created_at", "null")]
    [InlineData("created_at", "\"2026-03-02\"")]
    [InlineData("hidden", "\"no\"")]
    [InlineData("user_deleted", "0")]
    [InlineData("deleted_at", "true")]
    [InlineData("topic_archetype", "1")]
    [InlineData("reply_to_user", "\"boris\"")]
    [InlineData("reply_to_user", "{}")]
    public void A_post_that_is_not_of_the_form_is_refused_and_the_member_named(string member, string value)
    {
        // 1e400 is no number of ours, and none that is written back.
        var text = With(member, "\"@\"").Replace("\"@\"", value, StringComparison.Ordinal);

        var unreadable = Assert.IsType<ClubDelivery.Unreadable>(Webhook(text));
        Assert.StartsWith("post", unreadable.Objection.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("payload=%7B%22ping%22%3A%22OK%22%7D")]
    [InlineData("{\"post\": 1}")]
    [InlineData("{\"post\": {}, \"ping\": 1}")]
    [InlineData("{\"ping\": 1, \"ping\": 1}")]
    [InlineData("{\"ping\": \"\\ud800\"}")]
    [InlineData("{\"like\": {}}")]
    [InlineData("{\"like\": {\"post\": {\"user_id\": 1}, \"user\": {\"id\": 2}}}")]
    [InlineData("{\"topic\": {\"id\": 0}}")]
    public void A_body_that_is_none_of_the_clubs_is_refused(string body) =>
        Assert.IsType<ClubDelivery.Unreadable>(Webhook(body));

    [Fact]
    public void What_we_do_not_use_gives_nothing() =>
        Assert.IsType<ClubDelivery.Nothing>(Webhook("""{"user": {"id": 1}}"""));

    [Fact]
    public void A_deletion_is_read_of_the_post_itself()
    {
        Assert.True(Post(Webhook(With("user_deleted", "true"))).IsDeleted);
        var deleted = Post(Webhook(With("deleted_at", "\"2026-03-02T16:00:00.000Z\"")));
        Assert.Equal(
            (true, new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero)), (deleted.IsDeleted, deleted.DeletedAt));
    }

    [Fact]
    public void Who_answers_himself_is_known_by_both_names_of_one_moment() =>
        Assert.Equal(12, Post(Webhook(SampleCases.Named("answer-to-oneself").GetProperty("body").GetString()!)).Receiver);

    [Fact]
    public void A_topic_is_read_of_a_webhook_and_of_an_answer()
    {
        var seen = Assert.IsType<ClubDelivery.Seen>(Webhook(
            """{"topic": {"id": 7, "archetype": "regular", "created_by": {"id": 11}, "deleted_at": "2026-03-02T16:00:00Z"}}"""));
        Assert.Equal(
            new ClubSight.Topic(7, 11, true) { IsDeleted = true, DeletedAt = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero) },
            seen.Sight);

        var answer = """{"id": 7, "archetype": "private_message", "details": {"created_by": {"id": 11}}}"""u8.ToArray();
        Assert.Equal(new ClubSight.Topic(7, 11, false), ClubAnswers.Topic(answer, 7).Value);
        Assert.Equal("id", ClubAnswers.Topic(answer, 8).Broken.Field);
    }

    [Fact]
    public void A_page_of_posts_goes_on_below_the_id_that_was_asked_for()
    {
        var post = JsonNode.Parse(Comment)!["post"]!.DeepClone().AsObject();
        post.Remove("topic_archetype");
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["latest_posts"] = new JsonArray(post) }.ToJsonString());

        var page = ClubAnswers.Posts(body, Settings.Club, before: 704).Value!;

        Assert.Equal(703, page.Lowest);
        Assert.True(Assert.Single(page.Posts).Counts);
        Assert.Null(ClubAnswers.Posts(body, Settings.Club, before: 703).Value);
        Assert.Null(ClubAnswers.Posts("<html>"u8.ToArray(), Settings.Club, before: null).Value);
        Assert.Null(ClubAnswers.Posts("""{"latest_posts": [{}]}"""u8.ToArray(), Settings.Club, before: null).Value);
        Assert.Null(ClubAnswers.Posts("""{"latest_posts": []}"""u8.ToArray(), Settings.Club, before: null).Value!.Lowest);
    }

    [Fact]
    public void A_single_post_does_not_say_whether_its_topic_is_private()
    {
        var post = JsonNode.Parse(Comment)!["post"]!.DeepClone().AsObject();
        post.Remove("topic_archetype");
        var body = Encoding.UTF8.GetBytes(post.ToJsonString());

        Assert.Null(ClubAnswers.Post(body, Settings.Club, 703).Value!.Counts);
        Assert.Null(ClubAnswers.Post(body, Settings.Club, 702).Value);
    }

    [Fact]
    public void A_user_and_likes_are_read()
    {
        Assert.Equal(new ClubUser(12, "boris"), ClubAnswers.User("""{"user": {"id": 12, "username": "boris"}}"""u8.ToArray()).Value);
        Assert.Null(ClubAnswers.User("""{"user": {"id": 12}}"""u8.ToArray()).Value);

        var page = ClubAnswers.Likes("""
            {"user_actions": [
              {"action_type": 1, "acting_user_id": 12, "post_id": 5, "created_at": "2026-03-02T10:30:00Z", "deleted": true},
              {"action_type": 4, "acting_user_id": 12, "post_id": 6, "created_at": "2026-03-02T10:30:00Z"}]}
            """u8.ToArray()).Value!;
        Assert.Equal(2, page.Entries);
        Assert.Equal(new ClubLike(5, 12, new(2026, 3, 2, 10, 30, 0, TimeSpan.Zero), true), Assert.Single(page.Likes));
        Assert.Null(ClubAnswers.Likes("""{"user_actions": [{}]}"""u8.ToArray()).Value);
    }

    [Fact]
    public void A_read_of_likes_knows_what_is_gone_within_it_and_nothing_of_another_person()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var known = new Dictionary<long, LikeFacts>
        {
            [1] = new(true, at, at),
            [2] = new(true, at, at),
            [3] = new(true, at.AddDays(-1), at),
            [4] = new(false, at, at),
        };
        var read = new LikesRead(12, at, [new(1, 12, at, false), new(5, 12, at, true)], ListsDeleted: false);

        Assert.Equal(new ClubSight.LikeGone(2, 12, false), Assert.Single(read.Gone(known)));
        Assert.Equal([2, 5], read.Questions(known).Cast<ClubQuestion.Post>().Select(question => question.Id));

        var others = read with { Likes = [.. read.Likes, new(9, 13, at, false)] };
        Assert.False(others.IsOfLiker);
        Assert.Empty(others.Gone(known));
    }

    private static string With(string member, string value)
    {
        var root = JsonNode.Parse(Comment)!;
        root["post"]![member] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    private static ClubSight.Post Post(ClubDelivery delivery) =>
        Assert.IsType<ClubSight.Post>(Assert.IsType<ClubDelivery.Seen>(delivery).Sight);

    private static ClubDelivery Webhook(string body, SourceSettings? settings = null) =>
        ClubWebhook.Read(Encoding.UTF8.GetBytes(body), settings ?? Settings.Club);
}
