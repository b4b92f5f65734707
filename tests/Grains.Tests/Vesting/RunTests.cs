using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Vesting;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Vesting;

/// <summary>A day's run: begun twice, ended in the middle, and met by evidence; and what it leaves, altered.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class RunTests(EconomyServer server)
{
    private const string Review = "PeerReviewCompleted";
    private const string Withdrawn = "PeerReviewWithdrawn";

    private static readonly WeekId Week = TestEconomy.FirstWeek;
    private static readonly DateOnly Unlock = DateOnly.FromDateTime(Week.End.UtcDateTime).AddDays(30);
    private static readonly DateTimeOffset Midnight = new(Unlock, TimeOnly.MinValue, TimeSpan.Zero);

    [Fact]
    public async Task Two_silos_that_both_take_a_day_decide_and_pay_out_once()
    {
        await using var economy = await server.NewEconomy();
        await Earn(economy, 40);
        await economy.RunTo(Midnight.AddTicks(-10));

        await Task.WhenAll(
            economy.RunTo(Midnight), economy.ServiceOf<VestingDay>(0).Run(Unlock),
            economy.ServiceOf<VestingDay>(1).Run(Unlock));
        await economy.ServiceOf<VestingDay>(1).Run(Unlock);

        Assert.Equal(
            ["40 40 0"], await economy.Rows($"""
                SELECT count(*), count(sequence), count(*) FILTER (WHERE decided_on <> date '{Unlock:yyyy-MM-dd}')
                FROM vesting.decisions
                """));
        Assert.Equal(40, await economy.Ask<long>("SELECT count(*) FROM ledger.transactions WHERE kind = 8"));
        Assert.Equal(40, await economy.Ask<long>("SELECT count(*) FROM notices.notices WHERE kind = 'vesting.released'"));
        Assert.Empty(await Broken(economy));
    }

    // What a silo leaves that dies between the store and the ledger; and an earlier day's run behind a later one's.
    [Fact]
    public async Task What_is_decided_and_not_paid_out_is_paid_out_by_whoever_comes_next_whatever_is_said_meanwhile()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var reviews = await Earn(economy, 3);
        await economy.RunTo(Midnight.AddTicks(-10));
        var grants = economy.ServiceOf<GrantTable>(0);
        Assert.Empty(await grants.ReadDueShards(Unlock.AddDays(-1), CancellationToken.None));
        Assert.Equal(
            reviews.Select(review => TestEconomy.ShardOf(review.Participant)).Distinct().Order(),
            await grants.ReadDueShards(Unlock, CancellationToken.None));
        var decisions = economy.ServiceOf<GrantDecisions>(0);
        foreach (var review in reviews)
        {
            Assert.Equal(
                (1, 0), await decisions.Decide(TestEconomy.ShardOf(review.Participant), Unlock, CancellationToken.None));
        }

        Assert.Equal(0, await economy.Ask<long>("SELECT count(sequence) FROM vesting.decisions"));
        Assert.Empty(await Broken(economy));
        Assert.Equal(
            [EventOutcome.Late], await economy.Outcomes("rt", reviews[0].Evidence(Withdrawn, Midnight.AddHours(-1))));
        Assert.Equal(
            (0, 0), await decisions.Decide(TestEconomy.ShardOf("rt-0"), Unlock.AddDays(-1), CancellationToken.None));

        await economy.RunTo(Midnight);

        Assert.Equal(3, await economy.Ask<long>("SELECT count(sequence) FROM vesting.decisions"));
        Assert.Equal(
            ["3 0"], await economy.Rows("SELECT count(*), sum(cancelled_micro) FROM vesting.decisions WHERE released_micro > 0"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task After_downtime_each_day_comes_once_in_order_and_its_grants_are_of_that_day()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Earn(economy, 2);
        await economy.RunTo(Week.End.AddDays(1));
        await economy.Participant("rt-late").Record(
            new("rt", [Sent.Of("rt-late", Review, Week.End.AddDays(1)).Event]), CancellationToken.None);

        await economy.RunTo(Midnight.AddDays(40));

        Assert.Equal(
            [$"{Unlock:yyyy-MM-dd} 2", $"{Unlock.AddDays(7):yyyy-MM-dd} 1"],
            await economy.Rows("SELECT decided_on::text, count(*) FROM vesting.decisions GROUP BY 1 ORDER BY 1"));
        Assert.Equal(
            [$"{Unlock.AddDays(40):yyyy-MM-dd}"], await economy.Rows("SELECT decided_to::text FROM vesting.progress"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Evidence_fired_across_the_border_is_applied_and_seen_by_the_decision_or_late()
    {
        await using var economy = await server.NewEconomy();
        var reviews = await Earn(economy, 1_000);
        await economy.RunTo(Midnight.AddTicks(-10));
        Sent[] evidence = [.. reviews.Select(review => review.Evidence(Withdrawn, Midnight.AddHours(-1)))];

        // Each of a grant of its own, so that none hides behind another; some before the border, most across it.
        var answered = 0;
        async Task<EventOutcome[]> Send(Sent[] some)
        {
            var told = await economy.Outcomes("rt", some);
            Interlocked.Add(ref answered, some.Length);
            return told;
        }

        var lanes = evidence.Chunk(250).Select(async lane =>
        {
            var told = new List<EventOutcome>();
            foreach (var chunk in lane.Chunk(5))
            {
                told.AddRange(await Send(chunk));
            }

            return told;
        }).ToArray();
        await Eventually.True(() => Volatile.Read(ref answered) >= 200, "some are answered");
        Assert.IsType<SetClockReply.Moving>(await economy.SetClock(Midnight));
        var outcomes = (await Task.WhenAll(lanes)).SelectMany(one => one).ToArray();
        await economy.Reached(Midnight);

        Assert.All(
            outcomes, outcome => Assert.True(outcome is EventOutcome.Applied or EventOutcome.Late, outcome.ToString()));
        var cancelled = (await economy.Rows("""
            SELECT id FROM vesting.decisions JOIN activity.participants ON number = participant WHERE released_micro = 0
            """)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            evidence.Zip(outcomes).Where(pair => pair.Second == EventOutcome.Applied)
                .Select(pair => pair.First.Participant).Distinct().Order(StringComparer.Ordinal),
            cancelled.Order(StringComparer.Ordinal));
        Assert.Equal(1_000, await economy.Ask<long>("SELECT count(sequence) FROM vesting.decisions"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task What_is_altered_of_a_decision_or_paid_out_twice_is_named()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var reviews = await Earn(economy, 2);
        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("rt", reviews[0].Evidence(Withdrawn, Week.End)));
        await economy.RunTo(Week.End.AddDays(1));
        await economy.Participant("rt-open").Record(
            new("rt", [Sent.Of("rt-open", Review, Week.End.AddDays(1)).Event]), CancellationToken.None);
        await economy.RunTo(Midnight.AddDays(1));
        Assert.Empty(await Broken(economy));

        var first = $"WHERE participant = {await economy.NumberOf("rt-0")}";
        await Named("vesting.verdicts", "UPDATE vesting.verdicts SET verdict = 3 - verdict");
        await Named(
            "vesting.verdicts", "UPDATE vesting.verdicts SET amount_micro = amount_micro + 1",
            "UPDATE vesting.verdicts SET amount_micro = amount_micro - 1");
        await Named(
            "vesting.verdicts", "CREATE TABLE kept AS TABLE vesting.verdicts; DELETE FROM vesting.verdicts",
            "INSERT INTO vesting.verdicts SELECT * FROM kept; DROP TABLE kept");
        await Named(
            "vesting.decisions",
            $"UPDATE vesting.decisions SET released_micro = cancelled_micro, cancelled_micro = released_micro {first}");
        await Named(
            "vesting.decisions", $"UPDATE vesting.decisions SET decided_on = decided_on - 1 {first}",
            $"UPDATE vesting.decisions SET decided_on = decided_on + 1 {first}");
        await Named(
            "vesting.decisions", "UPDATE vesting.decisions SET reason = 2", "UPDATE vesting.decisions SET reason = 1");
        await Named("vesting.decisions", $"UPDATE vesting.decisions SET sequence = -sequence {first}");
        await Named(
            "weeks.grants", $"UPDATE weeks.grants SET decided_on = NULL {first}",
            $"UPDATE weeks.grants SET decided_on = date '{Unlock:yyyy-MM-dd}' {first}");
        await Named(
            "vesting.decisions", "CREATE TABLE kept AS TABLE vesting.evidence; DELETE FROM vesting.evidence",
            "INSERT INTO vesting.evidence SELECT * FROM kept; DROP TABLE kept");
        await Named(
            "weeks.grants", "UPDATE vesting.progress SET decided_to = decided_to + 400",
            "UPDATE vesting.progress SET decided_to = decided_to - 400");
        await Named(
            "ledger.accounts", "UPDATE ledger.accounts SET balance_micro = balance_micro + 1 WHERE kind = 7",
            "UPDATE ledger.accounts SET balance_micro = balance_micro - 1 WHERE kind = 7");

        // A second release, whole in every hash: of what is frozen for somebody else's day.
        var open = await economy.NumberOf("rt-open");
        var amount = new Amount(await economy.Ask<long>($"SELECT amount_micro FROM weeks.grants WHERE participant = {open}"));
        Assert.IsType<PostResult.Accepted>(await economy.ServiceOf<ILedger>(0).Post(new(
            CauseId.Of("a second one"), TransactionKind.VestingUnlock, "",
            [new(AccountId.Frozen(open), -amount), new(AccountId.Available(open), amount)])));
        Assert.Equal(
            ["ledger.accounts", "ledger.transactions"], (await Broken(economy)).Distinct().Order(StringComparer.Ordinal));

        async Task Named(string table, string sql, string? back = null)
        {
            await economy.Execute(sql);
            Assert.Contains(await Broken(economy), named => named.Contains(table, StringComparison.Ordinal));
            await economy.Execute(back ?? sql);
            Assert.Empty(await Broken(economy));
        }
    }

    // Reviews, one a person, of the first week; the week is closed.
    private static async Task<Sent[]> Earn(TestEconomy economy, int people)
    {
        await economy.Begin(Week);
        await economy.RunTo(Week.Start.AddDays(1));
        Sent[] reviews = [.. Enumerable.Range(0, people).Select(i => Sent.Of($"rt-{i}", Review, Week.Start))];
        Assert.All(await economy.Outcomes("rt", reviews), outcome => Assert.Equal(EventOutcome.Counted, outcome));
        await economy.Close(Week);
        return reviews;
    }

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .SelectMany(finding => finding.Violations).Select(violation => violation.Table),
    ];
}
