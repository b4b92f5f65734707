using System.Globalization;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Treasury;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Vesting;

/// <summary>A year's worth of grants decided on their days, each by what is said of its events.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class DecisionTests(EconomyServer server)
{
    private const string Review = "PeerReviewCompleted";
    private const string Milestone = "ProjectMilestoneCompleted";
    private const string Session = "MentoringSessionCompleted";
    private const string Referral = "ReferralActivated";

    private static readonly WeekId Week = TestEconomy.FirstWeek;

    // Settled on the Monday after the week.
    private static readonly DateOnly Posted = DateOnly.FromDateTime(Week.End.UtcDateTime);

    [Fact]
    public async Task Each_grant_is_decided_once_on_its_day_by_its_events_and_paid_out_for_what_was_decided()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(Week);
        await Earn(economy);

        // To the last instant before the first ones unlock.
        await economy.RunTo(At(30).AddTicks(-10));
        Assert.Empty(await Decided(economy));
        await economy.RunTo(At(30));
        Assert.Equal(
            [
                "ann PeerReviewCompleted 30 released 2 cancelled 1 reason 1",
                "bob PeerReviewCompleted 30 released 1 cancelled 0 reason 1",
                "cat PeerReviewCompleted 30 released 1 cancelled 0 reason 1",
                "gil MentoringSessionCompleted 30 released 1 cancelled 0 reason 1",
                "hal MentoringSessionCompleted 30 released 0 cancelled 1 reason 1",
                "ida MentoringSessionCompleted 30 released 1 cancelled 0 reason 2",
            ],
            await Decided(economy));
        await Late(economy, "bob", Review, "PeerReviewWithdrawn");

        await economy.RunTo(At(60));
        Assert.Equal(
            ["eva ProjectMilestoneCompleted 60 released 1 cancelled 0 reason 1"], await Decided(economy, from: 31));

        // Of a deadline's day the run comes first.
        await economy.RunTo(At(90).AddTicks(-10));
        await Validate(economy, "fay", EventOutcome.Applied);
        await economy.RunTo(At(90));
        Assert.Equal(
            [
                "dan ProjectMilestoneCompleted 60 released 0 cancelled 1 reason 2",
                "fay ProjectMilestoneCompleted 60 released 1 cancelled 0 reason 1",
            ],
            (await Decided(economy, from: 61)).Where(line => line.Contains(Milestone, StringComparison.Ordinal)));
        await Late(economy, "dan", Milestone, "ProjectValidated");
        await economy.RunTo(At(91));
        await economy.RunTo(At(120));
        Assert.Equal(
            [
                "jon ReferralActivated 90 released 1 cancelled 0 reason 1",
                "lee ReferralActivated 90 released 0 cancelled 1 reason 1",
                "mia ReferralActivated 90 released 0 cancelled 1 reason 1",
                "ned ReferralActivated 90 released 0 cancelled 1 reason 2",
                "ola ReferralActivated 90 released 0 cancelled 1 reason 1",
            ],
            (await Decided(economy, from: 61)).Where(line => line.Contains(Referral, StringComparison.Ordinal)));
        Assert.Equal(
            ["120"], await economy.Rows($"""
                SELECT decided_on - date '{Posted:yyyy-MM-dd}' FROM vesting.decisions decision
                JOIN activity.participants participant ON number = decision.participant WHERE id = 'ned'
                """));
        await Holds(economy);
    }

    private static async Task Earn(TestEconomy economy)
    {
        var monday = Week.Start;
        await economy.RunTo(monday.AddDays(2));
        var (first, second, third) = (
            Sent.Of("ann", Review, monday), Sent.Of("ann", Review, monday.AddHours(1)), Sent.Of("ann", Review, monday.AddHours(2)));
        var (bob, cat) = (Sent.Of("bob", Review, monday), Sent.Of("cat", Review, monday));
        var withdrawn = cat.Evidence("PeerReviewWithdrawn", monday);
        var (gil, hal) = (Sent.Of("gil", Session, monday), Sent.Of("hal", Session, monday));
        var eva = Sent.Of("eva", Milestone, monday, days: 60);
        Sent[] sent =
        [
            first, second, third, second.Evidence("PeerReviewWithdrawn", monday.AddDays(1)), bob, cat, withdrawn,
            withdrawn.Retraction(monday.AddDays(1)), gil, gil.Evidence("MentoringRated", monday.AddHours(1), rating: 2),
            gil.Evidence("MentoringRated", monday.AddHours(2), rating: 4), hal,
            hal.Evidence("MentoringRated", monday.AddHours(1), rating: 4),
            hal.Evidence("MentoringRated", monday.AddHours(2), rating: 2), Sent.Of("ida", Session, monday),
            Sent.Of("dan", Milestone, monday, days: 60), eva, eva.Evidence("ProjectValidated", monday, approved: true),
            Sent.Of("fay", Milestone, monday, days: 60), Brings("jon", "kim", monday), Brings("lee", "kim", monday.AddHours(1)),
            Brings("mia", "mia", monday), Sent.Of("ned", Referral, monday), Brings("ola", "pat", monday),
            // The week of the event itself is one of the weeks.
            Sent.Of("kim", "SectionCompleted", monday), Sent.Of("pat", "SectionCompleted", monday),
        ];
        Assert.All(await economy.Record("vd", sent), answer => Assert.NotEqual(EventOutcome.Rejected, answer.Outcome));
        await economy.Close(Week);
        for (var i = 1; i < 4; i++)
        {
            await economy.RunTo(monday.AddDays((7 * i) + 1));
            await economy.Record("vd", Sent.Of("kim", "SectionCompleted", monday.AddDays(7 * i)));
            if (i < 3)
            {
                await economy.Record("vd", Sent.Of("pat", "SectionCompleted", monday.AddDays(7 * i)));
            }
        }
    }

    [Fact]
    public async Task What_a_fund_has_frozen_is_released_on_its_day()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(Week);
        await economy.Register("ann");
        Done(await economy.Treasury().Spend(
            new(NewKey(), Fund.Team, "ann", Amount.OfStk(10), FundSpendKind.Grant, "for a test", 3, "operator"),
            CancellationToken.None));
        await economy.RunTo(Week.Start.AddDays(3).AddTicks(-10));
        Assert.Equal(Amount.Zero, await economy.Available("ann"));

        await economy.RunTo(Week.Start.AddDays(3));
        Assert.Equal(Amount.OfStk(10), await economy.Available("ann"));
        Assert.Equal(
            [
                ("vesting.released", """{"fund":"team","vestsDays":3,"amount":"10","released":"10","cancelled":"0"}"""),
                ("grant.received", """{"fund":"team","amount":"10","vestsDays":3}"""),
            ],
            (await economy.Participant("ann").GetNotices(new(null, 10), CancellationToken.None)).Notices
                .Select(notice => (notice.Kind, notice.Values)));
        await Holds(economy);
    }

    private static Sent Brings(string participant, string referred, DateTimeOffset at)
    {
        var sent = Sent.Of(participant, Referral, at);
        return sent with { Event = sent.Event with { Referred = referred } };
    }

    private static DateTimeOffset At(int days) => new(Posted.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);

    private static async Task Validate(TestEconomy economy, string participant, EventOutcome outcome) => Assert.Equal(
        [outcome], await economy.Outcomes("vd", await Evidence(economy, participant, Milestone, "ProjectValidated")));

    private static async Task Late(TestEconomy economy, string participant, string type, string evidence) => Assert.Equal(
        [EventOutcome.Late], await economy.Outcomes("vd", await Evidence(economy, participant, type, evidence)));

    private static async Task<Sent> Evidence(TestEconomy economy, string participant, string type, string evidence)
    {
        var uuid = await economy.Ask<Guid>($"""
            SELECT uuid FROM activity.events WHERE type = '{type}' AND participant = {await economy.NumberOf(participant)}
            """);
        var now = (await economy.Schedule.GetClock()).Now;
        var sent = Sent.Of(participant, evidence, now);
        return sent with { Event = sent.Event with { For = uuid, Approved = evidence == "ProjectValidated" ? true : null } };
    }

    // A line a grant: which, how many of its events were released and cancelled, and why then.
    private static Task<string[]> Decided(TestEconomy economy, int from = 0) => economy.Rows($"""
        SELECT id, decision.type, decision.vests_days,
            'released', count(*) FILTER (WHERE verdict = 1), 'cancelled', count(*) FILTER (WHERE verdict = 2),
            'reason', decision.reason
        FROM vesting.decisions decision JOIN vesting.verdicts USING (transaction_id)
        JOIN activity.participants participant ON number = decision.participant
        WHERE decided_on >= date '{Posted.AddDays(from).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'
        GROUP BY id, decision.type, decision.vests_days, decision.reason ORDER BY id
        """);

    private static async Task Holds(TestEconomy economy) => Assert.Empty(
        (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations.Select(violation => $"{finding.Invariant.Name}: {violation}")));
}
