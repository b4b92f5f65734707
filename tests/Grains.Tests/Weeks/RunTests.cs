using System.Text.Json;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class RunTests(EconomyServer server)
{
    private const int Many = 12;

    [Fact]
    public async Task A_run_driven_from_all_sides_at_once_gives_one_set_of_postings()
    {
        var economy = await server.Shared();
        var undisturbed = await Deliver(economy, people: "sides", delivery: 101);
        await economy.Close(undisturbed);
        await economy.BeginWeek();
        var week = await Deliver(economy, people: "sides", delivery: 102);
        await economy.RunTo(week.End);

        var grain = economy.Week(week);
        var closing = Enumerable.Range(0, Many).Select(_ => (Task)grain.Close(new("operator", OverrideReason: null)));
        var driving = Enumerable.Range(0, Many).Select(_ => (Task)grain.Drive(WeekStages.Last));
        var waking = Enumerable.Range(0, Many).Select(_ => economy.Schedule.Wake());
        await Task.WhenAll([.. closing, .. driving, .. waking, economy.SetClock(week.End.AddHours(8))]);
        await economy.WaitUntilSettled(week);
        await economy.Close(week);

        Assert.Equal(await economy.Outcome(undisturbed), await economy.Outcome(week));
        Assert.Equal(1, await economy.Ask<long>(
            $"SELECT count(*) FROM ledger.transactions WHERE kind = 2 AND reference = '{week}'"));
    }

    [Fact]
    public async Task A_shard_asked_twice_at_once_does_its_work_once()
    {
        var economy = await server.Shared();
        var week = await Deliver(economy, people: "shards", delivery: 201);
        await economy.Close(week);
        var before = await economy.Outcome(week);
        var run = (await economy.Week(week).GetStatus())!;
        var shards = await economy.Rows($"SELECT shard FROM weeks.shards WHERE week = {week.Number} AND participants > 0");
        var request = new ScoreShard(run.Reserved!.Value, run.Total!.Value, run.RulesVersion!.Value);

        await Task.WhenAll(shards.SelectMany(shard =>
        {
            var grain = economy.Grains.GetGrain<IWeekShardGrain>($"{week}/{shard}");
            return new Task[]
            {
                grain.Aggregate(request.RulesVersion), grain.Score(request), grain.Settle(request), grain.Settle(request),
            };
        }));

        Assert.Equal(before, await economy.Outcome(week));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_closed_week_closes_again_without_effect()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("again", Sent.Of("closed-twice", "ClubPostCreated", week.Start));
        await economy.Close(week);
        var before = await economy.Outcome(week);

        var reply = Assert.IsType<CloseReply.Accepted>(
            await economy.Week(week).Close(new("operator", OverrideReason: null)));

        Assert.Equal(WeekStages.Last, reply.Status.Done);
        Assert.Equal(before, await economy.Outcome(week));
    }

    [Fact]
    public async Task Close_runs_all_that_remains_whatever_the_hour()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("hours", Sent.Of("hours", "ClubPostCreated", week.Start));
        await economy.RunTo(week.End.AddHours(1));
        Assert.Equal(WeekStage.Aggregate, (await economy.Week(week).GetStatus()).Done);

        Assert.IsType<CloseReply.Accepted>(await economy.Week(week).Close(new("operator", OverrideReason: null)));
        await economy.WaitUntilSettled(week);

        Assert.Equal(
            Amount.OfStk(200),
            (await Eventually.Get(
                async () => await economy.Participant("hours").GetBalance(), until: balance => balance.Available > Amount.Zero,
                "the reward is on the balance")).Available);
    }

    [Fact]
    public async Task Close_is_refused_for_a_week_that_has_not_ended_or_lies_before_genesis()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        var open = await economy.Week(week).Close(new("operator", OverrideReason: "in a hurry"));
        var before = await economy.Week(TestEconomy.FirstWeek.Previous).Close(new("operator", OverrideReason: "tidy"));

        Assert.Equal($"{week} must have ended", Assert.IsType<CloseReply.Refused>(open).Rule);
        Assert.Equal($"{TestEconomy.FirstWeek.Previous} must not lie before genesis", Assert.IsType<CloseReply.Refused>(before).Rule);
        Assert.Equal(0, await economy.Ask<long>($"SELECT count(*) FROM weeks.runs WHERE week >= {week.Number}"));
    }

    [Fact]
    public async Task A_week_without_events_is_closed_and_moves_nothing()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Close(week);

        var status = await economy.Week(week).GetStatus();
        Assert.Equal((WeekStages.Last, 0, Amount.Zero), (status.Done!.Value, status.Participants, status.Paid));
        Assert.Equal("", await economy.Outcome(week));
        var csv = (await economy.Week(week).ReadExport(cursor: null, CancellationToken.None))!.Csv;
        Assert.Equal("date,user_id,points", System.Text.Encoding.UTF8.GetString(csv).Trim());
    }

    [Fact]
    public async Task Balances_are_shown_on_every_silo_after_a_run_and_no_participant_is_woken_for_it()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var awake = Enumerable.Range(0, 40).Select(i => $"awake-{i}").ToArray();
        var asleep = Enumerable.Range(0, 40).Select(i => $"asleep-{i}").ToArray();
        await economy.Record(
            "sleep", [.. awake.Concat(asleep).Select(id => Sent.Of(id, "ClubPostCreated", week.Start))]);
        await economy.Spread(awake);
        foreach (var id in asleep)
        {
            await economy.Cluster.DeactivateAsync(economy.Participant(id).Actor);
        }

        Assert.Equal(2, awake.Select(id => economy.HostOf(economy.Participant(id).Actor)).Distinct().Count());
        await economy.Close(week);

        Assert.All(asleep, id => Assert.Null(economy.HostOf(economy.Participant(id).Actor)));
        foreach (var id in awake.Concat(asleep))
        {
            Assert.Equal(Amount.OfStk(200), (await economy.Participant(id).GetBalance()).Available);
        }
    }

    [Fact]
    public async Task Rewards_of_types_that_vest_are_frozen_as_grants_that_unlock_after_their_days()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record(
            "vesting",
            Sent.Of("vesting", "ClubPostCreated", week.Start),
            Sent.Of("vesting", "PeerReviewCompleted", week.Start),
            Sent.Of("vesting", "PeerReviewCompleted", week.Start),
            Sent.Of("vesting", "ProjectMilestoneCompleted", week.Start, days: 75),
            Sent.Of("vesting", "ReferralActivated", week.Start));

        await economy.Close(week);

        var balance = await economy.Participant("vesting").GetBalance();
        Assert.Equal((Amount.OfStk(200), Amount.OfStk(1_200)), (balance.Available, balance.Frozen));
        // Posted at 06:00 of the Monday after the week.
        Assert.Equal(
            ["PeerReviewCompleted 30 200000000 30", "ProjectMilestoneCompleted 75 500000000 75", "ReferralActivated 90 500000000 90"],
            await economy.Rows($"""
                SELECT type, vests_days, amount_micro, unlocks_on - date '{week.End:yyyy-MM-dd}' FROM weeks.grants
                WHERE participant = {await economy.NumberOf("vesting")} ORDER BY type
                """));
        var statement = JsonDocument.Parse((await economy.Participant("vesting").GetStatement(week, CancellationToken.None))!);
        Assert.Equal(
            ["ClubPostCreated 200 0", "PeerReviewCompleted 200 30", "ProjectMilestoneCompleted 500 75", "ReferralActivated 500 90"],
            statement.RootElement.GetProperty("activities").EnumerateArray().Select(line =>
                $"{line.GetProperty("type").GetString()} {line.GetProperty("reward").GetString()} {line.GetProperty("vestsDays")}"));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task The_export_holds_whole_rewards_by_id_and_code_point()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        string[] ids = ["export,a", "export-\U0001F600", "export-\uFFFD", "=export"];
        await economy.Record("export", [.. ids.Select(id => Sent.Of(id, "PeerReviewCompleted", week.Start))]);
        await economy.Close(week);

        var page = await economy.Week(week).ReadExport(cursor: null, CancellationToken.None);

        Assert.Null(page!.Next);
        Assert.Equal(
            [
                "date,user_id,points",
                $"{week.Sunday:yyyy-MM-dd},=export,100",
                $"{week.Sunday:yyyy-MM-dd},\"export,a\",100",
                $"{week.Sunday:yyyy-MM-dd},export-\uFFFD,100",
                $"{week.Sunday:yyyy-MM-dd},export-\U0001F600,100",
            ],
            System.Text.Encoding.UTF8.GetString(page.Csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<WeekId> Deliver(TestEconomy economy, string people, int delivery)
    {
        var week = await economy.BeginWeek();
        await economy.RunTo(week.End.AddSeconds(-1));
        var activity = new ActivityWeek(people, participants: 80, events: 600, seed: 5);
        foreach (var (source, events) in activity.Requests(week, delivery, new Random(delivery)))
        {
            Assert.DoesNotContain(EventOutcome.Late, await economy.Outcomes(source, events));
        }

        return week;
    }
}
