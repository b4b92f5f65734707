using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Stk.Testing.Sources;
using Xunit;

namespace Stk.Grains.Tests.Pulls;

/// <summary>
/// Clubs whose webhooks are lost, repeated and out of order: what stands in the end is what their own state means.
/// </summary>
[Collection(EconomyCollection.Name)]
public sealed class ClubPullTests(EconomyServer server)
{
    private const int People = 6;

    private static readonly DateTimeOffset Start = TestEconomy.FirstWeek.Start;

    [Fact]
    public async Task A_like_has_the_time_of_the_clubs_list_and_is_taken_back_when_it_is_gone()
    {
        await using var sources = await PulledSources.Start(server);
        await using var club = new FakeClub(PulledSources.Key);
        var post = club.Open(7, author: 11, Start.AddHours(1));
        var comment = club.Reply(7, author: 12, Start.AddHours(2));
        club.Like(post, 12, Start.AddHours(3));
        club.Like(comment, 11, Start.AddHours(3));
        // Only a webhook tells of him: he writes nothing.
        club.Like(post, 13, Start.AddHours(4));

        var name = await Put(sources, "club", club, everySeconds: 1);
        await sources.Deliver(name, club.LikeWebhook(post, 13));
        await Matches(sources, name, club);

        // Nothing says that it was taken back but that the list has it no more.
        club.TakeLikeBack(post, 12);
        await Matches(sources, name, club);
        // A like that comes again is another one.
        club.Like(post, 12, Start.AddHours(5));
        await Matches(sources, name, club);

        // Who likes keeps his where the post is deleted; a post that is recovered gives again.
        club.SetDeleted(comment, Start.AddHours(6));
        await Matches(sources, name, club);
        club.SetDeleted(comment, null);
        await Matches(sources, name, club);
        club.SetTopicDeleted(7, Start.AddHours(7));
        await Matches(sources, name, club);
        club.SetTopicDeleted(7, null);
        await Matches(sources, name, club);
        await sources.UntilComplete(name);
        await sources.Verify();
    }

    [Fact]
    public async Task Who_is_renamed_is_the_same_and_whoever_takes_his_name_is_another()
    {
        await using var sources = await PulledSources.Start(server);
        await using var club = new FakeClub(PulledSources.Key);
        club.Rename(11, "anna");
        var post = club.Open(7, author: 12, Start.AddHours(1));
        var reply = club.Reply(7, author: 11, Start.AddHours(1));
        club.Like(post, 11, Start.AddHours(3));
        var name = await Put(sources, "club", club, everySeconds: 1);
        await Matches(sources, name, club);

        club.Rename(11, "anna-maria");
        club.Rename(13, "anna");
        club.Like(club.Reply(7, author: 12, Start.AddHours(4), answered: 11), 11, Start.AddHours(5));
        club.Like(reply, 13, Start.AddHours(5));
        club.Reply(7, author: 13, Start.AddHours(6), answered: 12);

        await Matches(sources, name, club);
        await sources.Verify();
    }

    // Twenty clubs of their own beside one another, each with its own chance: half of what they tell is lost, a third of the
    // rest comes twice, all in any order; one of the two silos dies while they are asked.
    [Fact]
    public async Task Half_of_the_webhooks_lost_and_a_third_twice_what_stands_is_the_clubs_truth()
    {
        await using var sources = await PulledSources.Start(server, more: ("Stk:Sources:PullLeaseMs", "10000"));
        var clubs = new List<(string Name, FakeClub Club, Random Chance)>();
        try
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var club = new FakeClub(PulledSources.Key) { PostsPage = 5 };
                clubs.Add((await Put(sources, $"club-{seed}", club, everySeconds: 5), club, new(seed)));
            }

            await Task.WhenAll(clubs.Select(one => Live(sources, one.Name, one.Club, one.Chance)));
            await sources.Economy.Cluster.KillSiloAsync(sources.Economy.Cluster.SecondarySilos[0]);
            foreach (var (name, club, _) in clubs)
            {
                await Matches(sources, name, club);
                await sources.UntilComplete(name);
            }

            await sources.Verify();
        }
        finally
        {
            foreach (var (_, club, _) in clubs)
            {
                await club.DisposeAsync();
            }
        }
    }

    private static async Task Live(PulledSources sources, string name, FakeClub club, Random chance)
    {
        var told = new List<string>();
        var minutes = 0;
        for (var step = 0; step < 40; step++)
        {
            var at = Start.AddMinutes(minutes += chance.Next(1, 20));
            // Everybody writes once: who only likes is known by webhooks alone.
            var person = 11L + (step < People ? step : chance.Next(People));
            var posts = club.Posts;
            var post = posts.IsEmpty ? 0 : posts[chance.Next(posts.Length)];
            switch (step < People ? 0 : chance.Next(9))
            {
                case 0:
                    told.Add(club.PostWebhook(club.Open(1_000 + step, person, at)));
                    break;
                case 1 or 2:
                    var topics = Enumerable.Range(1_000, step).Where(club.HasTopic).ToList();
                    var reply = club.Reply(
                        topics[chance.Next(topics.Count)], person, at,
                        chance.Next(2) == 0 ? 11L + chance.Next(People) : null);
                    told.Add(club.PostWebhook(reply));
                    break;
                case 3 or 4 or 5 when club.Like(post, person, at):
                    told.Add(club.LikeWebhook(post, person));
                    break;
                case 6:
                    club.TakeLikeBack(post, person);
                    break;
                // Whose only post is deleted before anybody has asked is not known to be anybody.
                case 7 when posts.IndexOf(post) >= People:
                    club.SetDeleted(post, chance.Next(2) == 0 ? at : null);
                    told.Add(club.PostWebhook(post));
                    break;
                case 8:
                    // Nobody has this name before and after him.
                    club.Rename(person, $"n{step}");
                    break;
            }
        }

        var delivered = told.Where(_ => chance.Next(2) == 0).ToList();
        delivered = [.. delivered, .. delivered.Where(_ => chance.Next(3) == 0)];
        chance.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(delivered));
        foreach (var body in delivered)
        {
            await sources.Deliver(name, body);
        }
    }

    private static Task<string> Put(PulledSources sources, string name, FakeClub club, int everySeconds) => sources.Put(
        name, $$"""
            "kind":"discourse","namespace":"{{name}}","address":"{{club.Address}}"
            """,
        // What happens in the clubs of these tests is of a time that is complete by then.
        everySeconds: everySeconds, overlapHours: 48);

    private static Task<string[]> Matches(PulledSources sources, string name, FakeClub club)
    {
        var truth = club.Truth();
        return Eventually.Get(
            () => sources.Standing(name), until: rows => rows.SequenceEqual(truth),
            $"what stands of {name} is {string.Join("; ", truth)}");
    }
}
