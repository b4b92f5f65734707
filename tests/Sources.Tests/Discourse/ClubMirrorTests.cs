using Stk.Sources.Discourse;

namespace Stk.Sources.Tests.Discourse;

public sealed class ClubMirrorTests
{
    private static readonly DateTimeOffset Written = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly ClubMirror _mirror = new("club", "club");

    [Fact]
    public void A_comment_is_given_before_its_receiver_is_known_and_learns_it_later()
    {
        var first = _mirror.After(ClubPost.Unknown(7), Hint(Comment(), 1));

        var created = Assert.Single(first.Events);
        Assert.Equal(("ClubCommentCreated", (string?)null), (created.Activity.Type, created.Peer));
        Assert.Equal(new ClubQuestion.Topic(70), Assert.Single(first.Questions));

        var later = _mirror.After(first.After, Told(new ClubSight.Topic(70, 3, true), 2));

        var received = Assert.Single(later.Events);
        Assert.Equal(("ClubCommentReceived", "3", "2"), (received.Activity.Type, received.Id, received.Peer));
        Assert.Equal(new LearnedPeer(created.Activity.Uuid, "3"), Assert.Single(later.Peers));
        Assert.Empty(later.Questions);
        Assert.Equal(2, later.Changed.Length);
    }

    [Fact]
    public void What_is_given_whole_and_what_is_completed_later_is_the_same_set_of_events()
    {
        var topic = new ClubSight.Topic(70, 3, true);
        var whole = _mirror.After(ClubPost.Unknown(7), Told(topic, 1), Hint(Comment(), 2));
        var first = _mirror.After(ClubPost.Unknown(7), Hint(Comment(), 1));
        var later = _mirror.After(first.After, Told(topic, 2));

        Assert.Equal(
            whole.Events.Select(made => made.Activity).OrderBy(made => made.Uuid),
            first.Events.Concat(later.Events).Select(made => made.Activity).OrderBy(made => made.Uuid));
        Assert.Equal(whole.After.Given.Values, later.After.Given.Values);
    }

    [Fact]
    public void An_old_webhook_brings_nothing_deleted_back_before_the_club_is_asked()
    {
        var deleted = Comment() with { IsDeleted = true, DeletedAt = Written.AddHours(1) };
        var gone = _mirror.After(Known(), Hint(deleted, 2));
        Assert.Equal(2, gone.Events.Length);

        var old = _mirror.After(gone.After, Hint(Comment(), 3));
        Assert.Empty(old.Events);
        Assert.Equal(new ClubQuestion.Post(7), Assert.Single(old.Questions));

        var again = _mirror.After(old.After, Hint(Comment(), 4), Told(Comment(), 5));
        Assert.Empty(again.Questions);
        Assert.Equal(2, again.Events.Length);
        Assert.All(again.After.Given.Values, derived => Assert.Equal((true, 2), (derived.IsAlive, derived.Generation)));
    }

    [Fact]
    public void An_old_word_of_a_deletion_is_not_believed_after_the_club_has_said_otherwise()
    {
        var there = _mirror.After(Known(), Told(Comment(), 60)).After;
        var deleted = Comment() with { IsDeleted = true, DeletedAt = Written.AddMinutes(30) };

        var step = _mirror.After(there, Hint(deleted, 61));

        Assert.Empty(step.Events);
        Assert.Equal(new ClubQuestion.Post(7), Assert.Single(step.Questions));
        Assert.Equal(2, _mirror.After(there, Hint(deleted with { DeletedAt = Written.AddMinutes(62) }, 63)).Events.Length);
    }

    [Fact]
    public void An_answer_to_an_older_question_changes_nothing_back()
    {
        var deleted = Comment() with { IsDeleted = true, DeletedAt = Written.AddMinutes(10) };
        var gone = _mirror.After(Known(), Told(deleted, 20)).After;

        var step = _mirror.After(gone, Told(Comment(), 15));

        Assert.Empty(step.Events);
        Assert.False(step.After.IsAlive);
    }

    [Fact]
    public void A_deleted_topic_takes_back_what_its_posts_gave_and_no_like_of_who_likes()
    {
        var liked = _mirror.After(Known(), Told(new ClubSight.Like(7, 5, Written.AddHours(1)), 1)).After;

        var step = _mirror.After(
            liked, Hint(new ClubSight.Topic(70, 3, true) { IsDeleted = true, DeletedAt = Written.AddHours(2) }, 121));

        Assert.Equal(
            ["ClubCommentCreatedRetracted", "ClubCommentReceivedRetracted", "ClubLikeReceivedRetracted"],
            step.Events.Select(made => made.Activity.Type));
        Assert.True(step.After.Given[new(7, 5, DerivedRole.LikeGiven)].IsAlive);
    }

    [Fact]
    public void A_like_of_a_post_that_is_not_known_gives_nothing_before_the_post_is_asked_for()
    {
        var step = _mirror.After(ClubPost.Unknown(7), Told(new ClubSight.Like(7, 5, Written), 1));

        Assert.Empty(step.Events);
        Assert.Equal(new ClubQuestion.Post(7), Assert.Single(step.Questions));

        // A private message: its topic says so.
        var asked = _mirror.After(
            step.After, Told(Comment() with { Counts = null }, 2), Told(new ClubSight.Topic(70, 3, false), 2));
        Assert.Empty(asked.Events);
        Assert.Empty(asked.Questions);
    }

    [Fact]
    public void A_like_that_is_gone_from_a_deleted_post_stays_its_likers()
    {
        var liked = _mirror.After(Known(), Told(new ClubSight.Like(7, 5, Written), 1)).After;
        var deleted = Comment() with { IsDeleted = true, DeletedAt = Written.AddMinutes(10) };

        var step = _mirror.After(liked, Told(deleted, 20), Told(new ClubSight.LikeGone(7, 5, IsSure: false), 20));

        Assert.True(step.After.Given[new(7, 5, DerivedRole.LikeGiven)].IsAlive);
        var sure = _mirror.After(step.After, Told(new ClubSight.LikeGone(7, 5, IsSure: true), 21));
        Assert.Equal("ClubLikeGivenRetracted", Assert.Single(sure.Events).Activity.Type);
        var gone = _mirror.After(liked, Told(Comment(), 20), Told(new ClubSight.LikeGone(7, 5, IsSure: false), 20));
        Assert.Equal(
            ["ClubLikeGivenRetracted", "ClubLikeReceivedRetracted"], gone.Events.Select(made => made.Activity.Type));
    }

    [Fact]
    public void A_wrong_receiver_is_corrected_by_the_club_under_a_new_generation()
    {
        // His name was another's when the webhook came.
        var wrong = Comment() with { AnswersName = "boris", Receiver = 8 };
        var first = _mirror.After(ClubPost.Unknown(7), Hint(wrong, 1)).After;

        var step = _mirror.After(first, Told(wrong with { AnswersName = "boris2", Receiver = 4 }, 2));

        Assert.Equal(
            ["ClubCommentCreatedRetracted", "ClubCommentReceivedRetracted", "ClubCommentCreated", "ClubCommentReceived"],
            step.Events.Select(made => made.Activity.Type));
        Assert.Equal("4", step.Events[^1].Id);
    }

    [Fact]
    public void Hidden_later_takes_nothing_back_and_hidden_first_gives_nothing_until_it_is_seen()
    {
        Assert.Empty(_mirror.After(Known(), Told(Comment() with { Counts = false }, 5)).Events);

        var hidden = _mirror.After(ClubPost.Unknown(7), Hint(Comment() with { Counts = false }, 1));
        Assert.Empty(hidden.Events);
        Assert.Single(_mirror.After(hidden.After, Hint(Comment(), 2)).Events);
    }

    [Fact]
    public void A_topic_that_is_made_private_later_takes_nothing_back()
    {
        var asked = _mirror.After(
            ClubPost.Unknown(7), Told(Comment() with { Counts = null }, 1), Told(new ClubSight.Topic(70, 3, true), 1));
        Assert.Equal(2, asked.Events.Length);

        Assert.Empty(_mirror.After(asked.After, Told(new ClubSight.Topic(70, 3, false), 2)).Events);
    }

    [Fact]
    public void What_is_moved_waits_for_its_new_topic_and_answers_that_ones_author()
    {
        var moved = _mirror.After(Known(), Told(Comment() with { TopicId = 71 }, 5));
        Assert.Empty(moved.Events);
        Assert.Equal(new ClubQuestion.Topic(71), Assert.Single(moved.Questions));

        var step = _mirror.After(moved.After, Told(new ClubSight.Topic(71, 4, true), 5));
        Assert.Empty(step.Questions);
        Assert.Equal(
            ["3", "4"],
            step.Events.Where(made => made.Activity.Type.StartsWith("ClubCommentReceived", StringComparison.Ordinal))
                .Select(made => made.Id));
    }

    [Fact]
    public void Uuids_are_made_of_names_that_never_change()
    {
        Assert.Equal(new("959121f1-e100-53f5-a9af-19919d00e265"), new DerivedKey(701, 11, DerivedRole.Created).Uuid("club", 1));
        Assert.Equal(
            new("f5dc8fb7-0f8f-52dd-9ed6-2a4cd0a8f494"), new DerivedKey(701, 12, DerivedRole.LikeReceived).RetractionUuid("club", 2));
    }

    [Fact]
    public void A_sight_of_another_post_is_a_fault_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => _mirror.After(ClubPost.Unknown(8), Hint(Comment(), 1)));

    private static ClubSight.Post Comment() => new(7, 70, 2, 2, Written, true);

    private static SeenSight Hint(ClubSight sight, int minutes) => new(sight, Sighting.Hint(Written.AddMinutes(minutes)));

    private static SeenSight Told(ClubSight sight, int minutes) => new(sight, Sighting.Told(Written.AddMinutes(minutes)));

    private ClubPost Known() =>
        _mirror.After(ClubPost.Unknown(7), Told(new ClubSight.Topic(70, 3, true), 0), Hint(Comment(), 0)).After;
}
