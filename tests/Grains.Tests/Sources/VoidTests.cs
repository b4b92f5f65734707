using Npgsql;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Weeks;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Sources;

/// <summary>Events that two persons have taken out as if they had never been sent.</summary>
[Collection(EconomyCollection.Name)]
public sealed class VoidTests(EconomyServer server)
{
    private const string Source = "void-club";

    [Fact]
    public async Task What_is_void_counts_nowhere_until_it_is_lifted_and_a_sealed_week_stays_as_it_was()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.Start.AddHours(8));
        await economy.Record(
            Source, Sent.Of("void-ann", "ExerciseSave", week.Start), Sent.Of("void-ann", "ExerciseSave", week.Start),
            Sent.Of("void-ann", "QualificationChanged", week.Start, level: 3));
        await economy.RunTo(week.Start.AddHours(9));
        await economy.Record(Source, Sent.Of("void-ann", "ClubPostCreated", week.Start));
        Assert.Equal((400L, 3), await Shown(economy));

        // Two persons, and nothing changes before.
        var asked = Done(await Void(economy, week.Start.AddHours(8), week.Start.AddHours(9)));
        Assert.Contains("\"events\":3,\"sealedEvents\":0", asked.Act, StringComparison.Ordinal);
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refusal(await economy.Decide(asked.Id, TwoPersons.First)));
        Assert.Equal((400L, 3), await Shown(economy));
        await economy.Approve(asked);
        await Eventually.Get(() => Shown(economy), until: shown => shown == (200L, 1), "limits and level follow");

        var lift = Done(await Lift(economy, asked.Id));
        await economy.Approve(lift);
        await Eventually.Get(() => Shown(economy), until: shown => shown == (400L, 3), "they follow again");
        Assert.Equal(SpendingRefusal.ActNotPossible, Refusal(await Lift(economy, asked.Id)));

        // What a void takes out of a week for good is what it took out at the seal.
        var again = Done(await Void(economy, week.Start.AddHours(8), week.Start.AddHours(9), "ExerciseSave"));
        await economy.Approve(again);
        await economy.Close(week);
        Assert.Equal(["ClubPostCreated 1 3"], await Seal(economy, week));
        await economy.Approve(Done(await Lift(economy, again.Id)));
        var late = Done(await Void(economy, week.Start, week.End));
        Assert.Contains("\"events\":0,\"sealedEvents\":4", late.Act, StringComparison.Ordinal);
        await economy.Approve(late);

        Assert.Equal(["ClubPostCreated 1 3"], await Seal(economy, week));
        Assert.Empty(await economy.Recompute(week));
        await Holds(economy);
        // Two of them were approved at one instant.
        var listed = (await Voids(economy).List(CancellationToken.None)).Select(one => one.Id).ToList();
        Assert.Equal(late.Id, listed[0]);
        Assert.Equal(new[] { again.Id, asked.Id }.Order(), listed[1..].Order());
        // Whoever changes which weeks it is about is seen.
        await economy.Execute("UPDATE sources.voids SET after_week = 0");
        Assert.Contains(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(),
            finding => finding is { Holds: false, Invariant.Name: "I9" });
    }

    [Fact]
    public async Task A_retraction_that_is_void_takes_nothing_back()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var post = Sent.Of("void-rea", "ClubPostCreated", week.Start);
        await economy.Record(Source, post);
        await economy.RunTo(week.Start.AddHours(9));
        await economy.Record(Source, post.Retraction(week.Start.AddHours(1)));
        Assert.Equal(0, (await economy.Participant("void-rea").GetLimits()).PointsThisWeek);

        await economy.Approve(Done(await Void(economy, week.Start.AddHours(9), week.Start.AddHours(10))));

        await Eventually.Get(
            () => economy.Participant("void-rea").GetLimits(), until: limits => limits.PointsThisWeek == 200,
            "the post counts again");
        // And one that is not, sent behind it, does.
        await economy.RunTo(week.Start.AddHours(11));
        await economy.Record(Source, post.Retraction(week.Start.AddHours(2)));
        Assert.Equal(0, (await economy.Participant("void-rea").GetLimits()).PointsThisWeek);
        // What comes while a void runs is void as it comes.
        await economy.Approve(Done(await Void(economy, week.Start.AddHours(11), week.Start.AddHours(20))));
        await Eventually.Get(
            () => economy.Participant("void-rea").GetLimits(), until: limits => limits.PointsThisWeek == 200,
            "the post counts a third time");
        await economy.Record(Source, Sent.Of("void-rea", "ExerciseSave", week.Start));
        Assert.Equal(200, (await economy.Participant("void-rea").GetLimits()).PointsThisWeek);
    }

    [Fact]
    public async Task Who_asks_for_what_is_not_there_is_told_so()
    {
        var economy = await server.Shared();
        var at = TestEconomy.FirstWeek.Start;

        Assert.Equal(SpendingRefusal.UnknownSource, Refusal(await economy.Grains.GetGrain<IVoidsGrain>("void-nobody").Void(
            new(NewKey(), at, at.AddDays(1), null, "?", TwoPersons.First), CancellationToken.None)));
        Assert.Equal(SpendingRefusal.UnknownVoid, Refusal(await Lift(economy, Guid.NewGuid())));
    }

    [Fact]
    public async Task The_seal_waits_for_a_void_whose_commit_is_under_way_and_sees_it()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.Start.AddHours(8));
        await economy.Record(Source, Sent.Of("void-sue", "ExerciseSave", week.Start));

        await using var connection = await economy.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            foreach (var command in VoidTable.Insert(
                Guid.NewGuid(), new(Source, week.Start, week.End, null), "?", "olga", "oleg", week.End))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync();
        }

        var sealing = economy.ServiceOf<RunTable>(0).Seal(
            new(week, week.End, RuleBook.FromTheSource, null, null), CancellationToken.None);
        await Eventually.True(
            async () => await economy.Ask<long>("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """) == 1,
            "the seal waits");
        await transaction.CommitAsync();
        await sealing;

        Assert.Equal(0, await economy.Ask<long>($"SELECT count(*) FROM activity.live_events WHERE week = {week.Number}"));
        Assert.Equal(0, await economy.Ask<int>("SELECT after_week FROM sources.voids"));
    }

    private static async Task<(long Points, int Level)> Shown(TestEconomy economy) => (
        (await economy.Participant("void-ann").GetLimits()).PointsThisWeek,
        (await economy.Participant("void-ann").GetProfile())!.Level);

    private static Task<string[]> Seal(TestEconomy economy, WeekId week) =>
        economy.Rows($"SELECT type, counted, level FROM weeks.seals WHERE week = {week.Number} ORDER BY type");

    private static IVoidsGrain Voids(TestEconomy economy) => economy.Grains.GetGrain<IVoidsGrain>(Source);

    private static Task<SpendingReply<ApprovalView>> Void(
        TestEconomy economy, DateTimeOffset from, DateTimeOffset to, params string[] types) => Voids(economy).Void(
        new(NewKey(), from, to, types.Length == 0 ? null : [.. types], "a stolen key", TwoPersons.First),
        CancellationToken.None);

    private static Task<SpendingReply<ApprovalView>> Lift(TestEconomy economy, Guid id) =>
        Voids(economy).Lift(new(NewKey(), id, "they were right", TwoPersons.First), CancellationToken.None);

    private static SpendingRefusal Refusal(SpendingReply<ApprovalView> reply) =>
        Assert.IsType<SpendingReply<ApprovalView>.Refused>(reply).Reason;

    private static async Task Holds(TestEconomy economy) => Assert.All(
        await new InvariantsCheck(economy.Database).Run().ToListAsync(),
        finding => Assert.True(finding.Holds, finding.ToString()));
}
