using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;

namespace Stk.Sources.Discourse;

/// <summary>
/// Keeps a post's events in step with what is seen of the club. Whatever is seen, in any order and however often: once the
/// club has been asked, the events that stand are those that the club's own state means.
/// </summary>
/// <param name="source">The source's name: uuids are made of it.</param>
/// <param name="ofNamespace">Whose ids the club's are.</param>
public sealed class ClubMirror(string source, string ofNamespace)
{
    /// <summary>What sights of the post, its topic and its likes change.</summary>
    /// <param name="before">With its topic as known now, where it has one.</param>
    /// <param name="sights">
    /// Settled at once: a webhook with the answers to what it made one ask, so that its events are whole from the beginning.
    /// </param>
    /// <exception cref="ArgumentException">A sight is of another post or topic.</exception>
    public ClubStep After(ClubPost before, params ReadOnlySpan<SeenSight> sights)
    {
        var after = before;
        var unsure = new HashSet<ClubQuestion>();
        foreach (var (sight, seen) in sights)
        {
            after = sight switch
            {
                ClubSight.Post post => WithPost(after, post, seen, unsure),
                ClubSight.Topic topic => WithTopic(after, topic, seen, unsure),
                ClubSight.Like like => WithLike(after, like, seen),
                ClubSight.LikeGone gone => WithoutLike(after, gone, seen),
                _ => after,
            };
        }

        // Its topic has decided once: made a private message later, it takes nothing back.
        if (after is { Counts: true, Facts: { Counts: null } facts })
        {
            after = after with { Facts = facts with { Counts = true } };
        }

        AskForMore(after, unsure);
        return Settle(after, unsure);
    }

    private static void AskForMore(ClubPost post, HashSet<ClubQuestion> questions)
    {
        if (post.Facts is not { } facts)
        {
            // A like says too little of its post: it may be a private message.
            if (!post.Likes.IsEmpty)
            {
                questions.Add(new ClubQuestion.Post(post.Id));
            }

            return;
        }

        var isReceiverMissing = post.Counts == true && facts.Number > 1 && post.Receiver is null;
        var isMoved = post.Topic is { } known && known.Id != facts.Topic;
        if (post.Counts is null || isMoved || (isReceiverMissing && facts.AnswersName is null))
        {
            questions.Add(new ClubQuestion.Topic(facts.Topic));
        }
        else if (isReceiverMissing && facts.AnswersName is { } name)
        {
            questions.Add(new ClubQuestion.User(name));
        }
    }

    private static ClubPost WithPost(ClubPost before, ClubSight.Post sight, Sighting seen, HashSet<ClubQuestion> unsure)
    {
        Demand(sight.Id == before.Id);
        var life = Life.After(before.Life, seen, sight.IsDeleted, sight.DeletedAt, out var mustAsk);
        Ask(unsure, new ClubQuestion.Post(before.Id), mustAsk, seen);
        var facts = Facts(before.Facts, sight, seen);
        return before with
        {
            Facts = facts,
            Life = life,
        };
    }

    private static PostFacts Facts(PostFacts? before, ClubSight.Post sight, Sighting seen)
    {
        if (before is null)
        {
            return new(
                sight.TopicId, sight.Number, sight.Author, sight.At, sight.Counts, sight.AnswersName, sight.Receiver,
                seen.IsTold ? seen.At : null);
        }

        var counts = More(before.Counts, sight.Counts);
        var isNews = seen.IsTold && !(seen.At < before.ToldAt);
        return isNews
            ? new(
                sight.TopicId, sight.Number, sight.Author, sight.At, counts, sight.AnswersName,
                sight.Receiver ?? before.Receiver, seen.At)
            : before with
            {
                Counts = counts,
                Receiver = before.Receiver ?? (sight.AnswersName == before.AnswersName ? sight.Receiver : null),
            };
    }

    // What has been seen to give events has given them; what its topic decides may.
    private static bool? More(bool? one, bool? other) => one == true || other == true ? true
        : one is null || other is null ? null
        : false;

    private static ClubPost WithTopic(ClubPost before, ClubSight.Topic sight, Sighting seen, HashSet<ClubQuestion> unsure)
    {
        Demand(before.Facts is null || before.Facts.Topic == sight.Id);
        // What is known of a topic that it was moved from stands until the new one is seen, and says nothing of that.
        var known = before.Topic?.Id == sight.Id ? before.Topic : null;
        var topic = TopicFacts.After(known, sight, seen, out var mustAsk);
        Ask(unsure, new ClubQuestion.Topic(sight.Id), mustAsk, seen);
        return before with { Topic = topic };
    }

    private static ClubPost WithLike(ClubPost before, ClubSight.Like sight, Sighting seen)
    {
        Demand(sight.PostId == before.Id);
        return !seen.IsTold || seen.At < before.Likes.GetValueOrDefault(sight.Liker)?.SeenAt
            ? before
            : before with { Likes = before.Likes.SetItem(sight.Liker, new(true, sight.At, seen.At)) };
    }

    private static ClubPost WithoutLike(ClubPost before, ClubSight.LikeGone sight, Sighting seen)
    {
        Demand(sight.PostId == before.Id);
        return seen.IsTold && (sight.IsSure || before.IsAlive)
            && before.Likes.GetValueOrDefault(sight.Liker) is { IsAlive: true } known && seen.At >= known.SeenAt
                ? before with { Likes = before.Likes.SetItem(sight.Liker, known with { IsAlive = false, SeenAt = seen.At }) }
                : before;
    }

    // Holds what stands against what should stand.
    private ClubStep Settle(ClubPost post, IEnumerable<ClubQuestion> questions)
    {
        var events = ImmutableArray.CreateBuilder<SourceEvent>();
        var changed = ImmutableArray.CreateBuilder<DerivedKey>();
        var peers = ImmutableArray.CreateBuilder<LearnedPeer>();
        var given = post.Given.ToBuilder();
        var wanted = Wanted(post);
        foreach (var (key, before) in post.Given)
        {
            if (before.IsAlive && !(wanted.GetValueOrDefault(key) is { } still && IsSame(before, still)))
            {
                events.Add(Retraction(key, before));
                given[key] = before with { IsAlive = false };
                changed.Add(key);
            }
        }

        foreach (var (key, want) in wanted)
        {
            if (given.TryGetValue(key, out var before) && before.IsAlive)
            {
                // It stands as it should; but who the other is may have been found out.
                if (before.Peer is null && want.Peer is { } learned)
                {
                    given[key] = before with { Peer = learned };
                    changed.Add(key);
                    peers.Add(new(key.Uuid(source, before.Generation), Text(learned)));
                }

                continue;
            }

            var now = want with { Generation = (before?.Generation ?? 0) + 1 };
            given[key] = now;
            events.Add(Event(key, now));
            if (!changed.Contains(key))
            {
                changed.Add(key);
            }
        }

        return new(
            post with { Given = given.ToImmutable() }, events.ToImmutable(), changed.ToImmutable(), peers.ToImmutable(),
            [.. questions]);
    }

    // A peer that becomes another, or none any more, is another event; one that was only not known is not.
    private static bool IsSame(Derived before, Derived want) =>
        before.Type == want.Type && before.Person == want.Person && before.At == want.At
        && (before.Peer is null || before.Peer == want.Peer);

    private static ImmutableSortedDictionary<DerivedKey, Derived> Wanted(ClubPost post)
    {
        var wanted = ImmutableSortedDictionary.CreateBuilder<DerivedKey, Derived>();
        if (post.Counts != true || post.Facts is not { Author: > 0 } facts)
        {
            return wanted.ToImmutable();
        }

        if (post.IsAlive)
        {
            WantPost(post, facts, wanted);
        }

        foreach (var (liker, like) in post.Likes)
        {
            if (!like.IsAlive || liker < 1 || liker == facts.Author)
            {
                continue;
            }

            // Who likes keeps his, whatever becomes of the post.
            wanted[new(post.Id, liker, DerivedRole.LikeGiven)] =
                new(true, 0, ClubEvents.LikeGiven, liker, like.At, facts.Author);
            if (post.IsAlive)
            {
                wanted[new(post.Id, liker, DerivedRole.LikeReceived)] =
                    new(true, 0, ClubEvents.LikeReceived, facts.Author, like.At, liker);
            }
        }

        return wanted.ToImmutable();
    }

    private static void WantPost(
        ClubPost post, PostFacts facts, ImmutableSortedDictionary<DerivedKey, Derived>.Builder wanted)
    {
        var created = new DerivedKey(post.Id, facts.Author, DerivedRole.Created);
        if (facts.Number <= 1)
        {
            wanted[created] = new(true, 0, ClubEvents.PostCreated, facts.Author, facts.At, null);
            return;
        }

        // Neither the system nor oneself receives an answer.
        var receiver = post.Receiver is { } found && found > 0 && found != facts.Author ? post.Receiver : null;
        wanted[created] = new(true, 0, ClubEvents.CommentCreated, facts.Author, facts.At, receiver);
        if (receiver is { } person)
        {
            wanted[new(post.Id, facts.Author, DerivedRole.Received)] =
                new(true, 0, ClubEvents.CommentReceived, person, facts.At, facts.Author);
        }
    }

    private SourceEvent Event(DerivedKey key, Derived now) =>
        SourceEvent.Of(key.Uuid(source, now.Generation), now.Type, ofNamespace, Text(now.Person), now.At) with
        {
            Peer = now.Peer is { } peer ? Text(peer) : null,
            ObjectId = Text(key.Post),
        };

    // Its time is the event's: a like that is taken back has no other, and both lie in one week.
    private SourceEvent Retraction(DerivedKey key, Derived before)
    {
        var made = SourceEvent.Of(
            key.RetractionUuid(source, before.Generation), before.Type + ControlEvents.RetractedSuffix, ofNamespace,
            Text(before.Person), before.At);
        return made with
        {
            Activity = made.Activity with { Retracts = key.Uuid(source, before.Generation) },
            ObjectId = Text(key.Post),
        };
    }

    // What the club has said of it settles what a webhook before had left open.
    private static void Ask(HashSet<ClubQuestion> unsure, ClubQuestion question, bool mustAsk, Sighting seen)
    {
        if (mustAsk)
        {
            unsure.Add(question);
        }
        else if (seen.IsTold)
        {
            unsure.Remove(question);
        }
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static void Demand(bool isOfThis)
    {
        if (!isOfThis)
        {
            throw new ArgumentException("the sight is of another post or topic");
        }
    }
}
