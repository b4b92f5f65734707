using System.Text;
using System.Text.Json;
using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Statements;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Corrections;

/// <summary>What a closed week gave somebody, corrected.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class CorrectionTests(EconomyServer server)
{
    private static readonly WeekId Week = TestEconomy.FirstWeek;

    [Fact]
    public async Task A_correction_moves_makes_a_revision_and_tells_its_participant_in_one_commit()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        var fund = await economy.FundBalance(Fund.Rewards);
        var first = await Json(economy, "ann", Week);
        var (drawn, next) = (await Pdf(economy, "ann", Week), await Pdf(economy, "ann", Week.Next));

        var key = NewKey();
        var made = Done(await Correct(economy, "ann", 100_000_000, key));
        var second = Done(await Correct(economy, "ann", -40_500_000));

        Assert.Equal(("ann", Week, new Amount(100_000_000), 2), (made.Participant, made.Week, made.Amount, made.Revision));
        Assert.Equal(3, second.Revision);
        Assert.Equal(made, Done(await Correct(economy, "ann", 100_000_000, key)));
        Assert.Equal(fund - 59_500_000, await economy.FundBalance(Fund.Rewards));
        Assert.Equal(first, await Json(economy, "ann", Week, 1));
        var last = await Json(economy, "ann", Week);
        Assert.StartsWith(first[..^1], last, StringComparison.Ordinal);
        Assert.Equal(
            [(2, "100"), (3, "-40.5")],
            JsonDocument.Parse(last).RootElement.GetProperty("corrections").EnumerateArray().Select(one =>
                (one.GetProperty("revision").GetInt32(), one.GetProperty("amount").GetString()!)));
        Assert.Single(JsonDocument.Parse(await Json(economy, "ann", Week, 2)).RootElement
            .GetProperty("corrections").EnumerateArray());
        Assert.Null(await economy.Grains.GetGrain<IStatementsGrain>("ann").GetReport(Week, 4, CancellationToken.None));

        Assert.Equal(drawn, await Pdf(economy, "ann", Week, 1));
        Assert.NotEqual(drawn, await Pdf(economy, "ann", Week));
        Assert.Equal(next, await Pdf(economy, "ann", Week.Next));
        var told = (await economy.Participant("ann").GetNotices(new(null, 10), CancellationToken.None)).Notices;
        Assert.Equal(
            new[]
            {
                $$"""{"week":"{{Week}}","amount":"-40.5","revision":3}""",
                $$"""{"week":"{{Week}}","amount":"100","revision":2}""",
            },
            told.Where(notice => notice.Kind == "correction").Select(notice => notice.Values)
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            2, (await economy.Participant("ann").GetTransactions(new(null, 10, "correction"), CancellationToken.None))
                .Transactions.Length);
        Assert.Equal(
            new Amount(59_500_000), (await economy.Participant("ann").GetRewards(new(null, 10), CancellationToken.None))
                .Rewards.Single(reward => reward.Week == Week).Corrected);
        Assert.Empty(await economy.Recompute(Week));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Somebody_whom_the_week_gave_nothing_is_corrected_too_and_has_no_first_revision()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        await economy.Register("idle");
        var idle = economy.Grains.GetGrain<IStatementsGrain>("idle");
        Assert.Null(await idle.GetReport(Week, null, CancellationToken.None));

        Assert.Equal(2, Done(await Correct(economy, "idle", 1)).Revision);

        Assert.Null(await idle.GetReport(Week, 1, CancellationToken.None));
        var shown = JsonDocument.Parse(await Json(economy, "idle", Week)).RootElement;
        Assert.Equal(
            ("idle", 1, 0, "0", 1),
            (shown.GetProperty("participant").GetString(), shown.GetProperty("level").GetInt32(),
                shown.GetProperty("streak").GetInt32(), shown.GetProperty("reward").GetString(),
                shown.GetProperty("corrections").GetArrayLength()));
        Assert.NotEmpty(await Pdf(economy, "idle", Week));
        Assert.Equal(
            new WeeklyRewardView(Week, 1, 0, 0, default, default, default, IsSettled: true, new(1)),
            Assert.Single((await economy.Participant("idle").GetRewards(new(null, 10), CancellationToken.None)).Rewards));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Corrected_weeks_with_and_without_a_statement_are_paged_together_newest_first()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        var third = Week.Next.Next;
        await economy.Outcomes("club", Sent.Of("eve", "ClubPostCreated", third.Start.AddHours(8)));
        await economy.Close(third);
        Done(await Correct(economy, "eve", 5));
        Done(await Correct(economy, "eve", 6));
        Done(await Correct(economy, "eve", -1, week: Week.Next));
        Done(await Correct(economy, "eve", 2, week: third));

        var all = (await economy.Participant("eve").GetRewards(new(null, 10), CancellationToken.None)).Rewards;
        var paged = new List<WeeklyRewardView>();
        for (string? next = null; paged.Count == 0 || next is not null;)
        {
            var page = await economy.Participant("eve").GetRewards(new(next, 1), CancellationToken.None);
            paged.Add(Assert.Single(page.Rewards));
            next = page.Next;
        }

        Assert.Equal(all.AsEnumerable(), paged);
        Assert.Equal(
            new[] { (third, 1, 2), (Week.Next, 0, -1), (Week, 0, 11) },
            all.Select(reward => (reward.Week, reward.Streak, (int)reward.Corrected.Micro)));
    }

    [Fact]
    public async Task What_cannot_be_corrected_is_refused_with_its_reason()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        var available = await economy.Available("ann");

        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await Correct(economy, "ann", -available.Micro - 1)));
        Assert.Equal(SpendingRefusal.UnknownParticipant, Refused(await Correct(economy, "nobody", 1)));
        Assert.Equal(SpendingRefusal.OwnAffair, Refused(await Correct(economy, "ann", 1, by: "ann")));
        Assert.Equal(
            SpendingRefusal.WeekNotSettled, Refused(await Correct(economy, "ann", 1, week: Week.Next.Next)));
        Done(await Correct(economy, "ann", -available.Micro));
        Assert.Equal(Amount.Zero, await economy.Available("ann"));

        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "ann", "stolen phone", "operator"), CancellationToken.None);
        Done(await Correct(economy, "ann", 5));
        Assert.Equal(SpendingRefusal.ParticipantSuspended, Refused(await Correct(economy, "ann", -1)));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Twenty_at_once_are_twenty_revisions_without_a_gap()
    {
        await using var economy = await server.NewEconomy(new(Silos: 2));
        await Live(economy);

        var made = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Correct(economy, "ann", i)));

        Assert.Equal(Enumerable.Range(2, 20), made.Select(one => Done(one).Revision).Order());
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task What_one_signature_may_not_give_or_take_waits_for_a_second_person()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        var key = NewKey();
        var asked = Done(await Correct(economy, "ann", Amount.OfStk(10_001).Micro, key));
        var before = await economy.Available("ann");
        Assert.NotNull(asked.Waiting);
        Assert.Equal(0, asked.Revision);
        Done(await Correct(economy, "ann", 7));

        await economy.Approve(asked.Waiting);

        // Whether there is a second operator is told as it is now: it was one who approved.
        Assert.Equal(
            asked with { Waiting = asked.Waiting with { IsAlone = false } },
            Done(await Correct(economy, "ann", Amount.OfStk(10_001).Micro, key)));
        Assert.Equal(before + new Amount(7) + Amount.OfStk(10_001), await economy.Available("ann"));
        var taken = Done(await Correct(economy, "ann", -Amount.OfStk(10_000).Micro));
        Assert.NotNull(taken.Waiting);
        await economy.Approve(taken.Waiting);
        Assert.Equal(["2", "3", "4"], await economy.Rows("SELECT revision FROM weeks.corrections ORDER BY 1"));
        Assert.Empty(await Broken(economy));
    }

    [Theory]
    [InlineData("UPDATE weeks.corrections SET amount_micro = amount_micro + 1", "I16", "I21", "I28")]
    [InlineData("UPDATE weeks.corrections SET revision = 3", "I16", "I21", "I28")]
    [InlineData("UPDATE weeks.corrections SET reason = 'another'", "I21")]
    [InlineData("UPDATE weeks.corrections SET level = 2", "I16", "I28")]
    [InlineData("DELETE FROM weeks.corrections", "I16", "I21", "I28")]
    public async Task What_is_altered_is_found(string sql, params string[] broken)
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Live(economy);
        Done(await Correct(economy, "ann", 5));

        await economy.Execute(sql);

        Assert.Equal(broken, (await Broken(economy)).Order(StringComparer.Ordinal));
    }

    private static async Task Live(TestEconomy economy)
    {
        await economy.Begin(Week);
        await economy.RunTo(Week.Start.AddDays(1));
        await economy.Outcomes("club", Sent.Of("ann", "ClubPostCreated", Week.Start.AddHours(9)));
        await economy.Close(Week);
        await economy.Outcomes("club", Sent.Of("ann", "ClubPostCreated", Week.Next.Start.AddHours(8)));
        await economy.Close(Week.Next);
    }

    private static Task<SpendingReply<CorrectionView>> Correct(
        TestEconomy economy, string participant, long micro, RequestKey? key = null, string by = "operator",
        WeekId? week = null) =>
        economy.Grains.GetGrain<ICorrectionsGrain>((week ?? Week).ToString()).Correct(
            new(key ?? NewKey(), participant, new(micro), "two exercises were lost", by), CancellationToken.None);

    private static async Task<string> Json(TestEconomy economy, string id, WeekId week, int? revision = null) =>
        Encoding.UTF8.GetString(await Show(economy, id, week, StatementForm.Json, revision));

    private static async Task<string> Pdf(TestEconomy economy, string id, WeekId week, int? revision = null) =>
        Convert.ToHexString(await Show(economy, id, week, StatementForm.Pdf, revision));

    private static async Task<byte[]> Show(
        TestEconomy economy, string id, WeekId week, StatementForm form, int? revision) =>
        (await economy.Grains.GetGrain<IStatementsGrain>(id).Show(
            new(week, form, StatementLanguage.Russian, [], revision), CancellationToken.None))!.Content!; // it has one

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .Where(finding => !finding.Holds).Select(finding => finding.Invariant.Name).Distinct(),
    ];
}
