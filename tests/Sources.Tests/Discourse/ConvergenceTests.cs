using System.Globalization;
using CsCheck;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Sources.Discourse;

namespace Stk.Sources.Tests.Discourse;

/// <summary>
/// Webhooks are lost, repeated and old, answers of the club come late: after a pull the events that stand are those that the
/// club's state means.
/// </summary>
public sealed class ConvergenceTests
{
    private static readonly Gen<Act[]> Acts =
        Gen.Select(Gen.Int[0, 9], Gen.Int[1, 7], Gen.Int[1, 5], Gen.Bool, (kind, post, person, flag) =>
            new Act(kind, post, person, flag)).Array[5, 60];

    [Fact]
    public void Any_order_loss_and_repetition_leaves_after_a_pull_what_is_true() =>
        Gen.Select(Acts, Gen.Int[0, 10_000]).Sample((acts, seed) =>
        {
            var club = new FakeClub();
            var ours = new Mirrored();
            var seen = Live(club, acts);
            Deliver(ours, seen, seed);
            Pull(ours, club);

            Assert.Equal(club.Truth(), ours.Standing());

            // What comes after the pull, and is old, changes nothing that another pull does not change back.
            Deliver(ours, seen, seed + 1);
            Pull(ours, club);
            Assert.Equal(club.Truth(), ours.Standing());
        });

    [Fact]
    public void A_pull_after_a_pull_gives_nothing() =>
        Acts.Sample(acts =>
        {
            var club = new FakeClub();
            var ours = new Mirrored();
            Deliver(ours, Live(club, acts), 7);
            Pull(ours, club);
            var count = ours.Events.Count;

            Pull(ours, club);

            Assert.Equal(count, ours.Events.Count);
        });

    [Fact]
    public void In_order_and_unspoilt_the_webhooks_and_one_pull_never_say_anything_twice() =>
        Acts.Sample(acts =>
        {
            var club = new FakeClub();
            var ours = new Mirrored();
            foreach (var sight in Live(club, acts))
            {
                ours.See(sight);
                ours.See(sight);
            }

            Assert.Equal(ours.Events.Count, ours.Events.Select(made => made.Activity.Uuid).Distinct().Count());
        });

    // What somebody would have seen of the club while it lived: webhooks, and pulls at that time.
    private static List<(long Post, SeenSight Seen)> Live(FakeClub club, Act[] acts)
    {
        var seen = new List<(long, SeenSight)>();
        foreach (var act in acts)
        {
            switch (act.Kind)
            {
                case 0 or 1 or 2:
                    club.Write(act.Post);
                    break;
                case 3 or 4:
                    club.SetDeleted(act.Post, act.Flag);
                    break;
                case 5:
                    club.SetTopicDeleted(FakeClub.TopicOf(act.Post), act.Flag);
                    break;
                case 6:
                    club.Rename(act.Person);
                    break;
                default:
                    club.SetLike(act.Post, act.Person, act.Flag || act.Kind == 7);
                    break;
            }

            var at = club.Now;
            var topic = club.SeeTopic(FakeClub.TopicOf(act.Post));
            if (club.See(act.Post) is { } post)
            {
                // Whose the name is, is asked when the webhook has come: by then it may be another's.
                post = post with { Receiver = post.AnswersName is { } name ? club.WhoIs(name) : null };
                seen.Add((act.Post, new(post, Sighting.Hint(at))));
                seen.Add((act.Post, new(post with { Receiver = act.Flag ? post.Receiver : null }, Sighting.Told(at))));
                seen.Add((act.Post, new(topic, act.Person > 2 ? Sighting.Hint(at) : Sighting.Told(at))));
            }

            foreach (var like in club.SeeLikes(act.Person).Seen)
            {
                seen.Add((like.PostId, new(like, Sighting.Told(at))));
            }

            var gone = new ClubSight.LikeGone(act.Post, act.Person, act.Flag);
            seen.Add((act.Post, new(gone, Sighting.Told(at.AddSeconds(-1)))));
        }

        return seen;
    }

    private static void Deliver(Mirrored ours, List<(long Post, SeenSight Seen)> seen, int seed)
    {
        var random = new Random(seed);
        var delivered = seen.Where(_ => random.Next(2) == 0).ToList();
        delivered.AddRange(delivered.Where(_ => random.Next(3) == 0).ToList());
        foreach (var sight in delivered.OrderBy(_ => random.Next()).ToList())
        {
            ours.See(sight);
        }
    }

    // Posts first, then likes: what is gone from a list is believed of a post that lives.
    private static void Pull(Mirrored ours, FakeClub club)
    {
        club.Tick();
        foreach (var post in club.Posts)
        {
            var told = club.See(post)!;
            told = told with { Receiver = told.AnswersName is { } name ? club.WhoIs(name) : null };
            ours.See((post, new(club.SeeTopic(FakeClub.TopicOf(post)), Sighting.Told(club.Now))));
            ours.See((post, new(told, Sighting.Told(club.Now))));
        }

        for (var liker = 1; liker <= 5; liker++)
        {
            var read = club.SeeLikes(liker);
            var known = ours.LikesOf(liker);
            foreach (var like in read.Seen)
            {
                ours.See((like.PostId, new(like, Sighting.Told(club.Now))));
            }

            foreach (var gone in read.Gone(known))
            {
                ours.See((gone.PostId, new(gone, Sighting.Told(club.Now))));
            }
        }
    }

    private sealed record Act(int Kind, long Post, long Person, bool Flag);

    /// <summary>The tables: posts by number, and every event that was given.</summary>
    private sealed class Mirrored
    {
        private readonly ClubMirror _mirror = new("club", "");
        private readonly SortedDictionary<long, ClubPost> _posts = [];
        private readonly Dictionary<Guid, string> _learned = [];

        public List<SourceEvent> Events { get; } = [];

        public void See((long Post, SeenSight Seen) sight)
        {
            var before = _posts.GetValueOrDefault(sight.Post) ?? ClubPost.Unknown(sight.Post);
            var step = _mirror.After(before, sight.Seen);
            _posts[sight.Post] = step.After;
            Events.AddRange(step.Events);
            foreach (var peer in step.Peers)
            {
                Assert.True(_learned.TryAdd(peer.Uuid, peer.Peer));
            }
        }

        public Dictionary<long, LikeFacts> LikesOf(long liker) => _posts.Values
            .Where(post => post.Likes.ContainsKey(liker)).ToDictionary(post => post.Id, post => post.Likes[liker]);

        // Derived from the events alone, as points are.
        public SortedSet<string> Standing()
        {
            var uuids = Events.Select(made => made.Activity.Uuid).ToList();
            Assert.Equal(uuids.Count, uuids.Distinct().Count());
            var retracted = Events.Where(made => made.Activity.Retracts is not null)
                .ToDictionary(made => made.Activity.Retracts!.Value);
            var standing = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var made in Events.Where(made => made.Activity.Retracts is null))
            {
                if (retracted.TryGetValue(made.Activity.Uuid, out var back))
                {
                    Assert.Equal(
                        (made.Activity.Type + ControlEvents.RetractedSuffix, made.Id, made.Activity.At),
                        (back.Activity.Type, back.Id, back.Activity.At));
                    continue;
                }

                var peer = made.Peer ?? _learned.GetValueOrDefault(made.Activity.Uuid);
                Assert.True(standing.Add(FakeClub.Line(
                    made.Activity.Type, Number(made.Id), peer is null ? null : Number(peer), Number(made.ObjectId!),
                    made.Activity.At)));
            }

            return standing;
        }

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
