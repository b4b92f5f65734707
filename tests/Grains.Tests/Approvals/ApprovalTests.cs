using System.Text;
using System.Text.Json.Nodes;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Approvals;

/// <summary>The desk: what is asked by one and approved by another, and what is not.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class ApprovalTests(EconomyServer server)
{
    private const string SwitchedOff = """{"approvalAbove":"9000000000"}""";

    [Fact]
    public async Task A_rule_book_is_not_in_the_history_until_another_person_approves_it_once()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var next = TestEconomy.FirstWeek.Next;
        var waiting = await Propose(economy, next, """{"approvalAbove":"50"}""");

        Assert.Single(await economy.RuleBook.GetVersions());
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(waiting.Id, by: "operator")));
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => economy.Decide(waiting.Id, by: $"second-{i}")));

        var approved = Done(Assert.Single(replies, reply => reply is SpendingReply<ApprovalView>.Done));
        Assert.All(
            replies.Where(reply => reply is not SpendingReply<ApprovalView>.Done),
            reply => Assert.Equal(SpendingRefusal.AlreadyDecided, Refused(reply)));
        var version = (await economy.RuleBook.GetVersions())[^1];
        Assert.Equal(
            (2, next, "operator", approved.DecidedBy),
            (version.Version, version.EffectiveFrom, version.By, version.ApprovedBy));
        Assert.Equal(
            ["approval.ask operator", $"rules.announce {approved.DecidedBy}"],
            await economy.Rows($"""
                SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE subject = '{next}' ORDER BY sequence
                """));
    }

    [Fact]
    public async Task A_rule_book_cannot_switch_the_second_person_off_nor_be_announced_more_than_a_year_ahead()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);

        var off = await economy.RuleBook.Propose(
            new(TestEconomy.FirstWeek.Next, await Document(economy, SwitchedOff), "operator"), CancellationToken.None);
        var far = await economy.RuleBook.Propose(
            new(WeekId.OfNumber(999801), await Document(economy, "{}"), "operator"), CancellationToken.None);

        Assert.Equal("spending.approvalAbove", Assert.Single(Assert.IsType<ProposeReply.Invalid>(off).Objections).Field);
        Assert.Equal("must be at most a year ahead", Assert.IsType<ProposeReply.NotNow>(far).Rule);
    }

    [Fact]
    public async Task A_version_is_announced_between_others_and_one_that_does_not_rule_yet_is_withdrawn_by_two()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var (near, far) = (TestEconomy.FirstWeek.Next.Next, TestEconomy.FirstWeek.Next.Next.Next);
        await economy.Approve(await Propose(economy, far, """{"approvalAbove":"3"}"""));
        await economy.Approve(await Propose(economy, near, """{"approvalAbove":"2"}"""));

        var withdrawal = Done(await economy.RuleBook.Withdraw(
            new(NewKey(), 2, "the wrong week", "operator"), CancellationToken.None));
        Assert.Null((await economy.RuleBook.GetVersions())[1].WithdrawnAt);
        await economy.Approve(withdrawal);

        Assert.NotNull((await economy.RuleBook.GetVersions())[1].WithdrawnAt);
        Assert.Equal(
            SpendingRefusal.ActNotPossible,
            Refused(await economy.RuleBook.Withdraw(new(NewKey(), 1, "it rules", "operator"), CancellationToken.None)));
        // Its week is free again, and by then the one between rules.
        await economy.Approve(await Propose(economy, far, """{"approvalAbove":"4"}"""));
        Assert.Equal(4, (await economy.RuleBook.GetVersions()).Length);
        await economy.Close(TestEconomy.FirstWeek);
        await economy.Close(TestEconomy.FirstWeek.Next);
        await economy.Close(near);
        Assert.Equal(
            ["1", "1", "3"], await economy.Rows("SELECT rules_version FROM weeks.runs ORDER BY week"));
    }

    [Fact]
    public async Task What_names_a_version_that_is_no_longer_the_newest_is_not_done_and_can_be_rejected()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var first = await Propose(economy, TestEconomy.FirstWeek.Next, "{}");
        var second = await Propose(economy, TestEconomy.FirstWeek.Next.Next, "{}");
        await economy.Approve(first);

        Assert.Equal(SpendingRefusal.ActOutdated, Refused(await economy.Decide(second.Id)));
        Assert.Equal(ApprovalState.Rejected, Done(await economy.Decide(second.Id, isApproved: false)).State);
        Assert.Equal(2, (await economy.RuleBook.GetVersions()).Length);
    }

    [Fact]
    public async Task What_nobody_has_decided_in_14_days_is_expired()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var waiting = await Propose(economy, TestEconomy.FirstWeek.Next.Next.Next.Next, "{}");
        Assert.Equal(waiting.AskedAt.AddDays(14), waiting.ExpiresAt);
        await economy.RunTo(waiting.ExpiresAt.AddMicroseconds(-1));
        Assert.Equal(ApprovalState.Waiting, (await economy.Approvals().Get(waiting.Id, CancellationToken.None))!.State);

        await economy.RunTo(waiting.ExpiresAt);

        Assert.Equal(ApprovalState.Expired, (await economy.Approvals().Get(waiting.Id, CancellationToken.None))!.State);
        Assert.Equal(SpendingRefusal.ApprovalExpired, Refused(await economy.Decide(waiting.Id)));
        Assert.Equal(
            [waiting.Id],
            (await economy.Approvals().List(new(null, 10), ApprovalState.Expired, CancellationToken.None))
                .Approvals.Select(approval => approval.Id));
        Assert.Empty(
            (await economy.Approvals().List(new(null, 10), ApprovalState.Waiting, CancellationToken.None)).Approvals);
    }

    [Fact]
    public async Task The_list_is_newest_first_in_pages_and_an_unknown_id_is_said_so()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        for (var i = 0; i < 3; i++)
        {
            await Propose(economy, TestEconomy.FirstWeek.Next, "{}");
        }

        var first = await economy.Approvals().List(new(null, 2), null, CancellationToken.None);
        var rest = await economy.Approvals().List(new(first.Next, 2), null, CancellationToken.None);

        Assert.Equal((2, 1, null), (first.Approvals.Length, rest.Approvals.Length, rest.Next));
        Assert.Equal(3, first.Approvals.Concat(rest.Approvals).DistinctBy(approval => approval.Id).Count());
        Assert.False((await economy.Approvals().List(new("x", 2), null, CancellationToken.None)).IsCursorValid);
        Assert.Equal(SpendingRefusal.UnknownApproval, Refused(await economy.Decide(Guid.NewGuid())));
    }

    private static async Task<ApprovalView> Propose(TestEconomy economy, WeekId from, string spending) =>
        Assert.IsType<ProposeReply.Waiting>(await economy.RuleBook.Propose(
            new(from, await Document(economy, spending), "operator"), CancellationToken.None)).Approval;

    private static async Task<byte[]> Document(TestEconomy economy, string spending)
    {
        var document = JsonNode.Parse((await economy.RuleBook.GetVersions())[0].Document)!.AsObject();
        document.Remove("version");
        document["spending"] = JsonNode.Parse(spending);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
