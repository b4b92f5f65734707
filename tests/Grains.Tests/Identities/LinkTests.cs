using System.Collections.Immutable;
using System.Globalization;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Identities;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using Xunit.Abstractions;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Identities;

/// <summary>Ids of one person are one participant, in each week as its seal has known them.</summary>
[Collection(EconomyCollection.Name)]
public sealed class LinkTests(EconomyServer server, ITestOutputHelper output)
{
    [Fact]
    public async Task What_an_identity_does_is_its_participants_in_every_open_week_and_in_no_sealed_one()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.Start.AddHours(8));
        await Name(economy);
        // One post a day counts, whoever's id it came under.
        await economy.Record("link-own", Sent.Of("u-17", "ClubPostCreated", week.Start));
        await economy.Record("link-club", Sent.Of("club:42", "ClubPostCreated", week.Start.AddHours(1)));
        await economy.Record("link-club", Sent.Of("club:42", "ExerciseSave", week.Start.AddHours(1)));
        await economy.Record("link-club", Sent.Of("club:42", "QualificationChanged", week.Start.AddHours(1), level: 3));
        Assert.Equal((200L, 1), await Shown(economy, "u-17"));

        Assert.Null((await Link(economy, "42", "u-17")).Refusal);
        await Eventually.Get(() => Shown(economy, "u-17"), until: shown => shown == (300L, 3), "the union is shown");
        Assert.Equal(300, (await economy.Participant("club:42").GetLimits()).PointsThisWeek);
        // What comes later is the participant's too.
        await economy.Record("link-club", Sent.Of("club:42", "ExerciseSave", week.Start.AddHours(2)));
        Assert.Equal((400L, 3), await Shown(economy, "u-17"));
        Assert.Equal(
            ["u-17", "42"],
            (await Identities(economy).OfParticipant("club:42", CancellationToken.None)).Select(one => one.Id));

        await economy.Close(week);
        Assert.Equal(["u-17 ClubPostCreated 2 1 3", "u-17 ExerciseSave 2 2 3"], await Seal(economy, week));
        Assert.Empty(await economy.Recompute(week));

        // Its own again: from the next week on, and the streak stays the participant's.
        Assert.Null((await Link(economy, "42", null)).Refusal);
        var next = week.Next;
        await economy.Record("link-club", Sent.Of("club:42", "ExerciseSave", next.Start));
        await economy.Record("link-own", Sent.Of("u-17", "ExerciseSave", next.Start));
        await economy.Close(next);
        Assert.Equal(["club:42 ExerciseSave 1 1 3", "u-17 ExerciseSave 1 1 1"], await Seal(economy, next));
        Assert.Equal(["u-17 ClubPostCreated 2 1 3", "u-17 ExerciseSave 2 2 3"], await Seal(economy, week));
        Assert.Equal(
            ["club:42 1", "u-17 2"],
            await economy.Rows($"""
                SELECT id, streak FROM weeks.statements statement
                JOIN activity.participants participant ON participant.number = statement.participant
                WHERE week = {next.Number} ORDER BY id
                """));
        await Holds(economy);
        // It has an account now: it is a person.
        Assert.Equal(LinkRefusal.HasAccount, (await Link(economy, "42", "u-17")).Refusal);
    }

    [Fact]
    public async Task Who_is_excluded_under_one_id_earns_under_none_and_the_frozen_part_knows_its_evidence()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.Start.AddHours(8));
        await Name(economy);
        await economy.Register("ex-ann");
        await economy.Register("ex-bob");
        await Link(economy, "1", "ex-ann");
        await Link(economy, "2", "ex-bob");
        await economy.Participant("club:1").ChangeProfile(
            new(null, true, "a robot", TwoPersons.First), CancellationToken.None);
        var review = Sent.Of("club:2", "PeerReviewCompleted", week.Start);
        await economy.Record("link-own", Sent.Of("ex-ann", "ExerciseSave", week.Start));
        await economy.Record("link-club", review);
        Assert.Equal(0, (await economy.Participant("ex-ann").GetLimits()).PointsThisWeek);
        await economy.Close(week);
        Assert.Equal(["ex-bob PeerReviewCompleted 1 1 1"], await Seal(economy, week));

        await economy.Record("link-club", review.Evidence("PeerReviewWithdrawn", week.End.AddHours(1)));
        await economy.RunTo(week.End.AddDays(35));

        Assert.Equal(
            ["cancelled"],
            await economy.Rows("""
                SELECT CASE WHEN released_micro = 0 THEN 'cancelled' ELSE 'released' END FROM vesting.decisions
                """));
        await Holds(economy);
    }

    [Fact]
    public async Task What_would_make_two_people_one_is_refused()
    {
        var economy = await server.Shared();
        await economy.Register("link-ann");
        await economy.Fund("link-rich", Amount.OfStk(1));
        await economy.Register("link-bob");

        Assert.Equal(LinkRefusal.UnknownParticipant, (await Link(economy, "7", "link-nobody")).Refusal);
        Assert.Equal(LinkRefusal.AlreadySo, (await Link(economy, "7", null)).Refusal);
        Assert.Null((await Link(economy, "7", "link-ann")).Refusal);
        Assert.Equal(LinkRefusal.AlreadySo, (await Link(economy, "7", "link-ann")).Refusal);
        Assert.Equal(LinkRefusal.Itself, (await Link(economy, "link-ann", "club:7", "")).Refusal);
        Assert.Equal(LinkRefusal.HasMembers, (await Link(economy, "link-ann", "link-bob", "")).Refusal);
        Assert.Equal(LinkRefusal.HasAccount, (await Link(economy, "link-rich", "link-bob", "")).Refusal);
        // To an identity that belongs to somebody: to whom it belongs.
        Assert.Null((await Link(economy, "8", "club:7")).Refusal);
        Assert.Equal("link-ann", (await Identities(economy).Find("club", "8", CancellationToken.None))!.Participant);
        // And what is paid to it.
        Done(await economy.Transfer("link-rich", "club:8", new Amount(1_000)));
        await Eventually.Get(
            async () => (await economy.Participant("link-ann").GetBalance()).Available,
            until: available => available == new Amount(1_000), "the participant is paid");
    }

    [Fact]
    public async Task Events_and_links_in_any_order_come_to_what_counting_anew_gives()
    {
        const int Steps = 40;
        const int Weeks = 3;
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        ImmutableArray<string> people = ["any-a", "any-b", "any-c"];
        foreach (var who in people)
        {
            await economy.Register(who);
        }

        await Name(economy);
        var random = new Random(seed);
        // Whose id each is, as it was said last; an id that has been paid stays as it is.
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var week = TestEconomy.FirstWeek;
        for (var number = 0; number < Weeks; number++, week = week.Next)
        {
            await economy.RunTo(week.Start.AddHours(8));
            var came = new List<Sent>();
            for (var step = 0; step < Steps; step++)
            {
                var id = $"{number}-{random.Next(6)}";
                if (random.Next(4) == 0)
                {
                    var owner = random.Next(4) == 0 ? null : people[random.Next(people.Length)];
                    if ((await Link(economy, id, owner)).Refusal is null)
                    {
                        owners[$"club:{id}"] = owner ?? $"club:{id}";
                    }
                }
                else
                {
                    var sent = Sent.Of(
                        random.Next(3) == 0 ? people[random.Next(people.Length)] : $"club:{id}",
                        random.Next(2) == 0 ? "ExerciseSave" : "ClubPostCreated", week.Start.AddHours(random.Next(8)));
                    await economy.Record(sent.Participant.Contains(':', StringComparison.Ordinal) ? "link-club" : "link-own", sent);
                    came.Add(sent);
                }
            }

            await economy.Close(week);
            Assert.Equal(
                came.GroupBy(sent => (
                        Who: owners.GetValueOrDefault(sent.Participant, sent.Participant), sent.Event.Type))
                    .OrderBy(group => group.Key.Who, StringComparer.Ordinal)
                    .ThenBy(group => group.Key.Type, StringComparer.Ordinal)
                    .Select(group => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{group.Key.Who} {group.Key.Type} {group.Count()} {Counted(group.Key.Type, group.Count())} 1")),
                await Seal(economy, week));
        }

        await Holds(economy);
    }

    private static int Counted(string type, int received) =>
        Math.Min(received, RuleBook.FromTheSource.Weighted(type)!.DayLimit);

    private static IIdentitiesGrain Identities(TestEconomy economy) => economy.Grains.GetGrain<IIdentitiesGrain>(0);

    // The club's ids are in a namespace of its own.
    private static Task<SourceReply> Name(TestEconomy economy) => economy.Grains.GetGrain<ISourceGrain>("link-club").Put(
        new(
            null, false, By: TwoPersons.First, KeepsCompleteTo: true, KeepsRequired: true,
            Settings: """{"namespace":"club","mayRegister":true,"mayLevel":true}"""),
        CancellationToken.None);

    private static Task<LinkReply> Link(
        TestEconomy economy, string id, string? participant, string ofNamespace = "club") => Identities(economy).Link(
        new(NewKey(), ofNamespace, id, participant, "the same person", TwoPersons.First), CancellationToken.None);

    private static async Task<(long Points, int Level)> Shown(TestEconomy economy, string id) => (
        (await economy.Participant(id).GetLimits()).PointsThisWeek, (await economy.Participant(id).GetProfile())!.Level);

    private static Task<string[]> Seal(TestEconomy economy, WeekId week) => economy.Rows($"""
        SELECT participant.id, type, sum(received), sum(counted), level FROM weeks.seals sealed
        JOIN activity.participants participant ON participant.number = sealed.participant
        WHERE week = {week.Number} GROUP BY 1, 2, 5 ORDER BY 1, 2
        """);

    private static async Task Holds(TestEconomy economy) => Assert.All(
        await new InvariantsCheck(economy.Database).Run().ToListAsync(),
        finding => Assert.True(finding.Holds, finding.ToString()));
}
