using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.RuleBooks;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.RuleBooks;

[Collection(EconomyCollection.Name)]
public sealed class RuleBookTests(EconomyServer server)
{
    [Fact]
    public async Task A_proposal_for_a_week_that_has_begun_is_refused()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        var reply = await economy.RuleBook.Propose(
            new(week, TwoPersons.Unnumbered(Document(sectionWeight: 60)), "operator"), CancellationToken.None);

        Assert.Equal("must be a week that has not begun", Assert.IsType<ProposeReply.NotNow>(reply).Rule);
    }

    [Fact]
    public async Task A_document_that_is_no_rule_book_is_refused_by_field()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        var reply = await economy.RuleBook.Propose(
            new(week.Next, """{"activities":[],"levels":[],"consistency":["1.5"],"emission":{}}"""u8.ToArray(), "operator"),
            CancellationToken.None);

        Assert.Contains(
            Assert.IsType<ProposeReply.Invalid>(reply).Objections,
            objection => objection.Field.StartsWith("emission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_rules_from_its_week_on_and_weeks_before_are_recomputed_by_their_own()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var changed = await economy.Announce(week.Next, Document(sectionWeight: 60));
        await economy.Announce(week.Next.Next, Document(sectionWeight: 50));

        foreach (var (current, points) in new[] { (week, 50), (week.Next, 60), (week.Next.Next, 50) })
        {
            await economy.Record("rules", Sent.Of("ruled", "SectionCompleted", current.Start));
            Assert.Equal(points, (await economy.Participant("ruled").GetLimits()).PointsThisWeek);
            await economy.Close(current);
        }

        var number = await economy.NumberOf("ruled");
        Assert.Equal(
            [$"50 {changed.Version - 1}", $"60 {changed.Version}", $"50 {changed.Version + 1}"],
            await economy.Rows($"""
                SELECT points, rules_version FROM weeks.statements JOIN weeks.runs USING (week)
                WHERE participant = {number} ORDER BY week
                """));
        Assert.Empty(await economy.Recompute(week));
        Assert.Empty(await economy.Recompute(week.Next));
        Assert.Empty(await economy.Recompute(week.Next.Next));
    }

    [Fact]
    public async Task A_week_above_the_fund_is_scaled_and_paid_and_left_are_the_fund_to_the_micro()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Announce(week.Next, Document(sectionWeight: RuleBookRules.MaxWeight));
        await economy.Announce(week.Next.Next, Document(sectionWeight: 50));
        await economy.Close(week);
        var rich = week.Next;
        await economy.RunTo(rich.End.AddSeconds(-1));
        // 1 to 35 counted events each: a full total of 3,475 million STK and some, more than is ever issued.
        var ids = Enumerable.Range(1, 200).Select(i => $"rich-{i:D3}").ToArray();
        await economy.Record("rich",
        [
            .. ids.SelectMany((id, place) => Enumerable.Range(0, place % 35 + 1).Select(i =>
                Sent.Of(id, "SectionCompleted", rich.Start.AddDays(i % 7).AddMinutes(i)))),
            .. ids.Where((_, place) => place % 3 == 0).Select(id => Sent.Of(id, "PeerReviewCompleted", rich.Start)),
        ]);

        await economy.Close(rich);

        var status = await economy.Week(rich).GetStatus();
        var (reserved, total) = (status.Reserved!.Value, status.Total!.Value);
        Assert.InRange(reserved.Micro, 1, total.Micro - 1);
        var statements = await economy.Rows($"""
            SELECT points, reward_micro FROM weeks.statements WHERE week = {rich.Number} ORDER BY participant
            """);
        var rewards = ImmutableArray.CreateBuilder<long>();
        foreach (var (points, reward) in statements.Select(row => row.Split(' ')).Select(row => (row[0], row[1])))
        {
            // Level 1, first week: the full reward is the points.
            var full = (Int128)long.Parse(points, System.Globalization.CultureInfo.InvariantCulture) * Amount.MicroPerStk;
            rewards.Add((long)(full * reserved.Micro / total.Micro));
            Assert.Equal(rewards[^1], long.Parse(reward, System.Globalization.CultureInfo.InvariantCulture));
        }

        var paid = rewards.Sum();
        Assert.Equal(paid, status.Paid.Micro);
        // All of the fund was reserved, and what the floors left over came back to it.
        Assert.Equal(
            [$"2 {-reserved.Micro} 0", $"4 {reserved.Micro - paid} {reserved.Micro - paid}"],
            await economy.Rows($"""
                SELECT transaction.kind, posting.amount_micro, posting.balance_after FROM ledger.transactions transaction
                JOIN ledger.postings posting USING (sequence, position)
                JOIN ledger.accounts account ON account.id = posting.account_id
                WHERE transaction.reference = '{rich}' AND account.kind = 3 ORDER BY 1
                """));
        Assert.Equal(0, await economy.Ask<long>($"SELECT balance_micro FROM ledger.accounts WHERE kind = 4 AND owner = {rich.Number}"));
        Assert.Empty(await economy.Recompute(rich));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_section_that_a_silo_has_not_said_to_know_is_refused_until_it_does()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var (week, silent) = (TestEconomy.FirstWeek.Next, economy.Cluster.Silos[1].SiloAddress);
        var refusal = new ProposeReply.NotNow(
            $"the section bounds is not known to {silent.Endpoint}: every silo must be of a build that knows it",
            NotNowReason.ClusterMixed);

        // As a silo of a build before this was said.
        await economy.Execute($"DELETE FROM economy.builds WHERE endpoint = '{silent.Endpoint}'");
        Assert.Equal(refusal, await Propose(economy, week, new WeekBounds(TotalTimes: new(300))));

        // What its predecessor at the same address has said is not its own.
        await economy.ServiceOf<BuildTable>(1).Say(
            SiloAddress.New(silent.Endpoint, silent.Generation - 1), RuleBookSections.Known, CancellationToken.None);
        Assert.Equal(refusal, await Propose(economy, week, new WeekBounds(TotalTimes: new(300))));

        Assert.Single(await economy.RuleBook.GetVersions());
        Assert.IsType<ProposeReply.Waiting>(await Propose(economy, week, WeekBounds.None));

        await economy.ServiceOf<BuildTable>(1).Say(silent, RuleBookSections.Known, CancellationToken.None);
        var waiting = Assert.IsType<ProposeReply.Waiting>(
            await Propose(economy, week.Next, new WeekBounds(TotalTimes: new(300)))).Approval;

        // A silo of a build before joins while it waits, and goes again.
        await economy.Execute($"DELETE FROM economy.builds WHERE endpoint = '{silent.Endpoint}'");
        Assert.Equal(SpendingRefusal.ActNotPossible, Spenders.Refused(await economy.Decide(waiting.Id)));
        await economy.ServiceOf<BuildTable>(1).Say(silent, RuleBookSections.Known, CancellationToken.None);
        await economy.Approve(waiting);
        var taken = (await economy.RuleBook.GetVersions())[^1];
        Assert.Equal(new WeekBounds(TotalTimes: new(300)), RuleBookJson.ReadStored(taken.Document).Bounds);
    }

    [Fact]
    public async Task A_section_that_another_silos_build_alone_knows_is_no_mistake_in_the_document()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var newer = economy.Cluster.Silos[0].SiloAddress;
        await economy.ServiceOf<BuildTable>(0).Say(
            newer, [.. RuleBookSections.Known, "quarters"], CancellationToken.None);

        var ofTomorrow = Assert.IsType<ProposeReply.NotNow>(await Propose(economy, "quarters"));
        var misspelt = Assert.IsType<ProposeReply.Invalid>(await Propose(economy, "bonds"));

        Assert.Equal(NotNowReason.ClusterMixed, ofTomorrow.Reason);
        Assert.StartsWith(
            $"the section quarters is not known to {economy.Cluster.Silos[1].SiloAddress.Endpoint}:", ofTomorrow.Rule,
            StringComparison.Ordinal);
        Assert.Equal("must hold no member that is not known", Assert.Single(misspelt.Objections).Rule);
    }

    private static Task<ProposeReply> Propose(TestEconomy economy, string unknownSection)
    {
        var document = JsonNode.Parse(RuleBookJson.Write(RuleBook.FromTheSource.WithVersion(2)))!.AsObject();
        document[unknownSection] = new JsonObject();
        return economy.RuleBook.Propose(
            new(TestEconomy.FirstWeek.Next, Encoding.UTF8.GetBytes(document.ToJsonString()), "operator"),
            CancellationToken.None);
    }

    private static async Task<ProposeReply> Propose(TestEconomy economy, WeekId from, WeekBounds bounds)
    {
        var source = RuleBook.FromTheSource;
        var book = new RuleBook(
            (await economy.RuleBook.GetVersions())[^1].Version + 1, source.Activities, source.Levels, source.Consistency,
            source.EmissionSharesBp, spending: null, bounds);
        return await economy.RuleBook.Propose(new(from, RuleBookJson.Write(book), TwoPersons.First), CancellationToken.None);
    }

    private static byte[] Document(int sectionWeight)
    {
        var source = RuleBook.FromTheSource;
        return RuleBookJson.Write(new RuleBook(
            source.Version,
            [
                .. source.Activities.Select(rule =>
                    rule.Type == "SectionCompleted" ? rule with { Weight = sectionWeight } : rule),
            ],
            source.Levels, source.Consistency, source.EmissionSharesBp));
    }
}
