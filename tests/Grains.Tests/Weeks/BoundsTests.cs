using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.RuleBooks;
using Stk.Rules.Runs;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

/// <summary>
/// Thirteen weeks of ten people, two of whom forum sends; in the second week twenty others come once, in the twelfth one of
/// them again. In the last somebody with forum's token invents a hundred.
/// </summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class BoundsTests(EconomyServer server)
{
    private const string Everybody = "SELECT count(*) FROM weeks.statements statement JOIN weeks.runs run USING (week)";

    private static readonly WeekId First = TestEconomy.FirstWeek;
    private static readonly WeekId Twelfth = WeekId.OfNumber(202412);
    private static readonly WeekId Last = WeekId.OfNumber(202413);

    [Fact]
    public async Task A_week_beyond_its_bounds_stops_before_it_is_paid_until_two_operators_let_it_go_on()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy, new WeekBounds(new(200), new(200), 3_000, 3_000));

        // The second week was three times the first: there were no eight closed weeks yet. The twelfth was within.
        var status = await economy.Week(Last).GetStatus();
        Assert.Equal((WeekStage.Report, 0L), (status.Done, status.Paid.Micro));
        Assert.Equal(
            "2024-W13 is beyond the bounds of the 8 weeks closed before it: "
            + "its total of 5600 STK is 4300 above the bound of 1300 (2 times 650 of 2024-W12); "
            + "its 110 people are 88 above the bound of 22 (2 times 11 of 2024-W12); "
            + "the share of people younger than four weeks, 89.2857 %, is 59.2857 % above the bound of 30 % (0 % of 2024-W12 and 30 % more); "
            + "the share of source forum, 91.4286 %, is 41.4286 % above the bound of 50 % (20 % of 2024-W11 and 30 % more). "
            + "Closed with a reason that another operator approves, it is paid all the same",
            status.BlockedBy);
        Assert.Equal($"{Last}: {status.BlockedBy}", (await economy.Schedule.GetClock()).Waiting);
        Assert.Equal(0, (await economy.Participant("invented-00").GetBalance()).Available.Micro);

        // Weeks are closed in order, and the next one waits too.
        await economy.Close(Last.Next);
        Assert.Null((await economy.Week(Last.Next).GetStatus()).SealedAt);

        var unreasoned = await economy.Week(Last).Close(new("olga", OverrideReason: null));
        Assert.Equal(status.BlockedBy, Assert.IsType<CloseReply.Refused>(unreasoned).Rule);
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM weeks.bound_overrides"));

        var asked = Assert.IsType<CloseReply.Waiting>(
            await economy.Week(Last).Close(new("olga", "the term has begun"))).Approval;
        Assert.Contains("110 people are 88 above", asked.Act, StringComparison.Ordinal);
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Spenders.Refused(await economy.Decide(asked.Id, by: "olga")));
        Assert.Equal(WeekStage.Report, (await economy.Week(Last).GetStatus()).Done);
        await economy.Approve(asked, by: "oleg");
        await economy.WaitUntilSettled(Last);
        await economy.WaitUntilSettled(Last.Next);
        Assert.Equal(50_000_000, (await economy.Participant("invented-00").GetBalance()).Available.Micro);
        Assert.Equal(
            [$"202413 {status.BlockedBy} the term has begun olga oleg"],
            await economy.Rows("SELECT week, beyond, reason, asked_by, approved_by FROM weeks.bound_overrides"));
        Assert.Empty(await economy.Recompute(Last));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_week_without_bounds_does_not_stop()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy, WeekBounds.None);

        var status = await economy.Week(Last).GetStatus();
        Assert.Equal((WeekStage.Settle, null), (status.Done, status.BlockedBy));
        Assert.Equal(110, await economy.Ask<long>($"{Everybody} WHERE week = {Last.Number} AND run.settled_at IS NOT NULL"));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM weeks.measures"));
    }

    [Fact]
    public async Task A_reason_that_a_week_was_sealed_with_is_none_for_its_bounds()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy, new WeekBounds(PeopleTimes: new(200)), through: Twelfth);
        await Invent(economy);
        await economy.RunTo(Last.End);

        await economy.Override(Last, "a source is down, and nobody knows the week yet");

        await Eventually.Get(
            () => economy.Week(Last).GetStatus(), until: status => status.BlockedBy is not null, $"{Last} stops");
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM weeks.bound_overrides"));
        Assert.Null(await economy.Verify());
    }

    private static async Task Live(TestEconomy economy, WeekBounds bounds, WeekId? through = null)
    {
        await economy.Begin(First);
        if (bounds != WeekBounds.None)
        {
            await Announce(economy, bounds);
        }

        for (var week = First; week <= (through ?? Last); week = week.Next)
        {
            await economy.Record("club", [.. Once("regular", 8, week), .. Guests(week)]);
            await economy.Record("forum", [.. Once("poster", 2, week)]);
            if (week == Last)
            {
                await Invent(economy);
            }

            await economy.Close(week);
        }
    }

    private static async Task Invent(TestEconomy economy) =>
        await economy.Record("forum", [.. Once("invented", 100, Last)]);

    private static IEnumerable<Sent> Guests(WeekId week) =>
        week == First.Next ? Once("guest", 20, week) : week == Twelfth ? Once("guest", 1, week) : [];

    private static IEnumerable<Sent> Once(string people, int count, WeekId week) =>
        Enumerable.Range(0, count).Select(i => Sent.Of($"{people}-{i:D2}", "SectionCompleted", week.Start));

    private static async Task Announce(TestEconomy economy, WeekBounds bounds)
    {
        var source = RuleBook.FromTheSource;
        var book = new RuleBook(
            2, source.Activities, source.Levels, source.Consistency, source.EmissionSharesBp, spending: null, bounds);
        await economy.Announce(First.Next, RuleBookJson.Write(book));
    }
}
