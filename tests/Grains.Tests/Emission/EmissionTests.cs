using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Emission;

[Collection(EconomyCollection.Name)]
public sealed class EmissionTests(EconomyServer server)
{
    private static readonly DateTimeOffset Genesis = TestEconomy.FirstWeek.Start;

    [Fact]
    public async Task Over_five_years_each_day_is_emitted_once_and_the_fifth_year_is_halved()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);

        var end = Genesis.AddYears(5);
        await economy.RunTo(end.AddSeconds(-1));

        var days = await economy.Rows("SELECT reference FROM ledger.transactions WHERE kind = 1 ORDER BY sequence, position");
        Assert.Equal(
            Enumerable.Range(0, (end - Genesis).Days).Select(day => $"{Genesis.AddDays(day):yyyy-MM-dd}"), days);
        Assert.Equal(
            ["2024 1000000000", "2025 1000000000", "2026 1000000000", "2027 1000000000", "2028 500000000"],
            await economy.Rows("""
                SELECT left(transaction.reference, 4), (sum(-posting.amount_micro) / 1000000)::bigint
                FROM ledger.transactions transaction
                JOIN ledger.postings posting USING (sequence, position)
                JOIN ledger.accounts account ON account.id = posting.account_id
                WHERE transaction.kind = 1 AND account.kind = 1 GROUP BY 1 ORDER BY 1
                """));
        var supply = await economy.Emission.GetSupply(CancellationToken.None);
        Assert.Equal((4, Amount.OfStk(500_000_000)), (supply.Year, supply.YearlyEmission));
        Assert.Equal(supply.Scheduled, supply.Emitted);
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_jump_of_three_months_posts_each_day_and_each_stage_at_its_own_time_in_order()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek;
        await economy.Record("jump", Sent.Of("jump", "PeerReviewCompleted", Genesis));

        await economy.RunTo(Genesis.AddMonths(3));

        Assert.Equal(
            Enumerable.Range(0, 92).Select(day => $"{Genesis.AddDays(day):yyyy-MM-dd} 00:00:00"),
            await economy.Rows("""
                SELECT transaction.reference, to_char(commit.at AT TIME ZONE 'UTC', 'HH24:MI:SS')
                FROM ledger.transactions transaction JOIN ledger.commits commit USING (sequence)
                WHERE transaction.kind = 1 ORDER BY commit.sequence
                """));
        Assert.Equal(0, await economy.Ask<long>("""
            SELECT count(*) FROM ledger.commits after JOIN ledger.commits before ON before.sequence = after.sequence - 1
            WHERE after.at < before.at
            """));
        var ends = Enumerable.Range(1, 13).Select(number => Genesis.AddDays(7 * number))
            .Where(end => end.AddHours(6) <= Genesis.AddMonths(3)).ToArray();
        Assert.Equal(
            ends.Select(end => $"{WeekId.Of(end).Previous.Number} {end:yyyy-MM-dd} 0 2 4 6"),
            await economy.Rows("""
                SELECT week, to_char(sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
                    extract(hour FROM sealed_at AT TIME ZONE 'UTC')::integer,
                    extract(hour FROM scored_at AT TIME ZONE 'UTC')::integer,
                    extract(hour FROM reported_at AT TIME ZONE 'UTC')::integer,
                    extract(hour FROM settled_at AT TIME ZONE 'UTC')::integer
                FROM weeks.runs JOIN activity.weeks USING (week) WHERE settled_at IS NOT NULL ORDER BY week
                """));
        Assert.Equal(
            $"{week.End:yyyy-MM-dd} 06:00 {week.End.AddDays(30):yyyy-MM-dd}",
            Assert.Single(await economy.Rows("""
                SELECT to_char(commit.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), to_char(unlocks_on, 'YYYY-MM-DD')
                FROM weeks.grants JOIN ledger.transactions transaction ON transaction.id = transaction_id
                JOIN ledger.commits commit USING (sequence)
                """)));
    }

    [Fact]
    public async Task A_day_asked_for_too_early_is_not_emitted_and_comes_in_its_time()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var today = DateOnly.FromDateTime(week.Start.UtcDateTime);
        var before = await Emitted(economy);

        var asked = await Task.WhenAll(
            economy.Emission.Emit(today.AddDays(1)), economy.Emission.Emit(today.AddDays(3)));

        Assert.All(asked, last => Assert.Equal(today, last));
        Assert.Equal(before, await Emitted(economy));

        await economy.RunTo(week.Start.AddDays(3));
        Assert.Equal(before + 3, await Emitted(economy));
    }

    [Fact]
    public async Task A_day_asked_for_again_is_emitted_once()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var before = await Emitted(economy);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            economy.Emission.Emit(DateOnly.FromDateTime(week.Start.UtcDateTime))));

        Assert.Equal(before, await Emitted(economy));
    }

    [Fact]
    public async Task No_one_can_issue_beyond_the_schedule()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();
        for (var silo = 0; silo < 2; silo++)
        {
            var result = await economy.ServiceOf<ILedger>(silo).Post(new(
                Guid.CreateVersion7(), TransactionKind.Emission, "forged",
                [new(AccountId.Issuance, new(-1)), new(AccountId.Fund(Fund.Rewards), new(1))]));

            Assert.Equal(Refusal.BeyondSchedule, result.Objection);
        }
    }

    [Fact]
    public async Task A_day_is_split_between_the_five_funds_by_50_20_15_10_5()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();

        Assert.Equal(
            ["1 0.50", "2 0.20", "3 0.15", "4 0.10", "5 0.05"],
            await economy.Rows("""
                SELECT account.owner, round(posting.amount_micro / sum(posting.amount_micro) OVER (), 2)
                FROM ledger.postings posting JOIN ledger.accounts account ON account.id = posting.account_id
                WHERE account.kind = 3 AND (posting.sequence, posting.position) = (
                    SELECT sequence, position FROM ledger.transactions WHERE kind = 1
                    ORDER BY sequence DESC, position DESC LIMIT 1)
                ORDER BY 1
                """));
    }

    private static Task<long> Emitted(TestEconomy economy) =>
        economy.Ask<long>("SELECT count(*) FROM ledger.transactions WHERE kind = 1");
}
