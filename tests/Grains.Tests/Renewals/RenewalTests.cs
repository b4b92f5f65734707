using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Renewals;

/// <summary>What is bought for months, and followed by others.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class RenewalTests(EconomyServer server)
{
    private const string Service = "agent";

    // 31 January at 14:00.
    private static readonly DateTimeOffset Bought = new(2024, 1, 31, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset First = Bought.AddMonths(1);

    [Fact]
    public async Task Months_follow_without_a_gap_told_from_the_first_begin_and_each_is_told_of()
    {
        await using var economy = await server.NewEconomy(new(Silos: 2));
        var bought = await Buy(economy, Amount.OfStk(35));

        await economy.RunTo(Day(First, -3, hour: 9).AddTicks(-10));
        Assert.Empty(await Told(economy));
        await economy.RunTo(Day(First, -1, hour: 9).AddTicks(-10));
        Assert.Equal(
            ["""renewal.soon {"service":"agent","price":"10","maxPrice":"10","renewsAt":"2024-02-28T09:00:00+00:00"}"""],
            await Told(economy));
        await economy.RunTo(Bought.AddMonths(3).AddDays(2));

        var months = await Months(economy);
        Assert.Equal(
            Enumerable.Range(0, 4).Select(month => (Bought.AddMonths(month), Bought.AddMonths(month + 1))),
            months.Select(month => (month.From, month.Until!.Value)).Order());
        Assert.Equal(Amount.OfStk(5), await economy.Available("ann"));
        Assert.All(months, month => Assert.Equal(
            (Amount.OfStk(10), month.Id == bought.Id ? null : (Guid?)bought.Id), (month.RenewalMaxPrice, month.First)));
        Assert.Equal(
            """renewal.done {"service":"agent","price":"10","from":"2024-02-29T14:00:00+00:00","until":"2024-03-31T14:00:00+00:00"}""",
            (await Told(economy))[1]);
        Assert.True((await economy.Entitled("ann").CheckEntitlement(Service)).IsActive);
        Assert.Empty(await Broken(economy));

        // The fifth month costs more than is left: three attempts, each said, and it ends when it ends.
        await economy.RunTo(Bought.AddMonths(4).AddDays(5));
        Assert.Equal(
            Enumerable.Range(1, 3).Select(attempt =>
                $$"""renewal.failed {"service":"agent","because":"insufficient-funds","price":"10","missing":"5","endsAt":"2024-05-31T14:00:00+00:00","attempt":{{attempt}}}"""),
            (await Told(economy))[^3..]);
        Assert.False((await economy.Entitled("ann").CheckEntitlement(Service)).IsActive);
        Assert.Equal(
            SpendingRefusal.NotRenewable, Refused(await Choose(economy, bought.Id, isOn: true)));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task A_later_attempt_pays_and_no_month_is_paid_twice_whoever_asks()
    {
        await using var economy = await server.NewEconomy(new(Silos: 2));
        var bought = await Buy(economy, Amount.OfStk(5));
        await economy.RunTo(Day(First, -1, hour: 10));
        Assert.EndsWith("\"attempt\":1}", (await Told(economy))[^1], StringComparison.Ordinal);
        await economy.Fund("ann", Amount.OfStk(50));

        await economy.RunTo(Day(First, 0, hour: 10));
        await Task.WhenAll(Enumerable.Range(-1, 4).Concat(Enumerable.Range(-1, 4)).Select(days =>
            economy.Entitled("ann").Renew(bought.Id, DateOnly.FromDateTime(First.UtcDateTime).AddDays(days))));

        Assert.Equal(2, (await Months(economy)).Length);
        Assert.Equal(Amount.OfStk(45), await economy.Available("ann"));
        Assert.Equal(["1 1 3", "1 2 2"], await economy.Rows(
            "SELECT number, attempt, outcome FROM spending.renewal_attempts WHERE attempt > 0 ORDER BY attempt"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task What_prevents_a_renewal_is_said_and_what_is_mended_by_the_next_day_is_paid()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var bought = await Buy(economy, Amount.OfStk(100));
        await economy.Offer(Service, Amount.OfStk(12), new(null, 1, null), ("treasury", 10_000));
        await economy.RunTo(Day(First, -1, hour: 10));
        Assert.Contains("\"because\":\"price-above-max\",\"price\":\"12\"", (await Told(economy))[^1], StringComparison.Ordinal);

        await economy.Service(Service).SetState(new(NewKey(), false, "over", "operator"), CancellationToken.None);
        await economy.RunTo(Day(First, 0, hour: 10));
        Assert.Contains("\"because\":\"service-withdrawn\"", (await Told(economy))[^1], StringComparison.Ordinal);

        await economy.Service(Service).SetState(new(NewKey(), true, "back", "operator"), CancellationToken.None);
        Assert.Equal(
            new RenewalChoiceView(true, Amount.OfStk(12)), Done(await Choose(economy, bought.Id, true, Amount.OfStk(12))));
        await economy.RunTo(Day(First, 1, hour: 10));

        Assert.Equal(First, (await Months(economy)).Max(month => month.From));
        Assert.Equal(Amount.OfStk(88), await economy.Available("ann"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task A_recipient_who_is_gone_and_a_payer_who_is_suspended_end_it()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(WeekId.Of(new DateOnly(2024, 1, 31)));
        await economy.RunTo(Bought);
        foreach (var id in new[] { "ann", "bob", "cat" })
        {
            await economy.Fund(id, Amount.OfStk(100));
        }

        await economy.Offer(Service, Amount.OfStk(10), new(null, 1, null), ("mentor", 10_000));
        foreach (var id in new[] { "ann", "bob" })
        {
            Done(await economy.Spender(id).Purchase(
                new(NewKey(), Service, null, null, new Dictionary<string, string> { ["mentor"] = "cat" }.ToImmutableDictionary(),
                    Renews: true),
                CancellationToken.None));
        }

        await economy.Grains.GetGrain<ISuspensionsGrain>(0).Suspend(
            new(NewKey(), "bob", "stolen phone", "operator"), CancellationToken.None);
        await economy.RunTo(Day(First, -1, hour: 10));
        Assert.Equal(Amount.OfStk(130), await economy.Available("cat"));
        Assert.Contains("participant-suspended", (await Told(economy, "bob"))[^1], StringComparison.Ordinal);

        await economy.Participant("cat").ChangeProfile(new(null, true, "staff", "operator"), CancellationToken.None);
        await economy.RunTo(Day(Bought.AddMonths(2), -1, hour: 10));
        Assert.Contains("recipient-unresolved", (await Told(economy))[^1], StringComparison.Ordinal);
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task It_is_off_until_somebody_says_so_and_can_be_switched_off_and_the_same_again_is_no_row()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var bought = await Buy(economy, Amount.OfStk(100), renews: false);
        await economy.Offer("session", Amount.OfStk(1), new(null, null, 1), ("treasury", 10_000));
        var session = Done(await economy.Buy("ann", "session"));

        Assert.Equal(SpendingRefusal.NotRenewable, Refused(await Choose(economy, session.Id, true)));
        Assert.Equal(SpendingRefusal.UnknownEntitlement, Refused(await Choose(economy, Guid.NewGuid(), true)));
        Assert.Equal(SpendingRefusal.UnknownEntitlement, Refused(await economy.Entitled("cat").ChooseRenewal(
            new(bought.Id, true, null), CancellationToken.None)));
        Assert.Equal(SpendingRefusal.NotRenewable, Refused(await economy.Spender("ann").Purchase(
            new(NewKey(), "session", null, null, ImmutableDictionary<string, string>.Empty, Renews: true),
            CancellationToken.None)));
        Assert.Equal(new RenewalChoiceView(false, null), Done(await Choose(economy, bought.Id, false)));
        Assert.Equal(new RenewalChoiceView(true, Amount.OfStk(10)), Done(await Choose(economy, bought.Id, true)));
        Assert.Equal(new RenewalChoiceView(true, Amount.OfStk(10)), Done(await Choose(economy, bought.Id, true)));
        Assert.Equal(Amount.OfStk(10), Assert.Single(await Months(economy)).RenewalMaxPrice);
        Assert.Equal(new RenewalChoiceView(false, null), Done(await Choose(economy, bought.Id, false)));
        Assert.Equal(2, await economy.Ask<long>("SELECT count(*) FROM spending.renewal_choices"));

        await economy.RunTo(First.AddDays(3));
        Assert.Empty(await Told(economy));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM spending.renewal_attempts"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task A_refunded_renewal_is_taken_back_whole_and_is_followed_by_none()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Buy(economy, Amount.OfStk(100));
        await economy.RunTo(Day(First, -1, hour: 10));
        var renewal = (await Months(economy)).Single(month => month.From == First);

        Done(await economy.Spender("ann").Refund(
            new(NewKey(), renewal.Id, "not wanted", "operator"), CancellationToken.None));

        Assert.Equal(Amount.OfStk(100), await economy.Available("ann"));
        await economy.RunTo(Bought.AddMonths(2).AddDays(3));
        Assert.Equal(2, (await Months(economy)).Length);
        Assert.Equal(Amount.OfStk(100), await economy.Available("ann"));
        Assert.Empty(await Broken(economy));
    }

    [Theory]
    [InlineData("UPDATE spending.entitlements SET begins_at = begins_at - interval '1 day' WHERE first IS NOT NULL", "I16", "I29")]
    [InlineData("UPDATE spending.renewal_attempts SET price_micro = price_micro - 1 WHERE outcome = 2", "I16", "I29")]
    [InlineData("UPDATE spending.renewal_choices SET max_price_micro = 1", "I16", "I29")]
    [InlineData("DELETE FROM spending.renewal_attempts WHERE outcome = 2", "I14", "I16", "I29")]
    [InlineData("DELETE FROM notices.notices WHERE kind = 'renewal.soon'", "I29")]
    public async Task What_is_altered_is_found(string sql, params string[] broken)
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Buy(economy, Amount.OfStk(100));
        await economy.RunTo(Day(First, -1, hour: 10));

        await economy.Execute(sql);

        Assert.Equal(broken, (await Broken(economy)).Order(StringComparer.Ordinal));
    }

    // For 10, by somebody who has 10 more than what stays.
    private static async Task<PurchaseView> Buy(TestEconomy economy, Amount stays, bool renews = true)
    {
        await economy.Begin(WeekId.Of(new DateOnly(2024, 1, 31)));
        await economy.RunTo(Bought);
        await economy.Fund("ann", stays + Amount.OfStk(10));
        await economy.Register("cat");
        await economy.Offer(Service, Amount.OfStk(10), new(null, 1, null), ("treasury", 10_000));
        var key = NewKey();
        var request = new PurchaseRequest(
            key, Service, null, null, ImmutableDictionary<string, string>.Empty, Renews: renews);
        var bought = Done(await economy.Spender("ann").Purchase(request, CancellationToken.None));
        var again = Done(await economy.Spender("ann").Purchase(request, CancellationToken.None));
        Assert.Equal(bought with { Parts = [] }, again with { Parts = [] });
        Assert.Equal(Bought, bought.At);
        return bought;
    }

    private static Task<SpendingReply<RenewalChoiceView>> Choose(
        TestEconomy economy, Guid entitlement, bool isOn, Amount? maxPrice = null) =>
        economy.Entitled("ann").ChooseRenewal(new(entitlement, isOn, maxPrice), CancellationToken.None);

    private static async Task<ImmutableArray<EntitlementView>> Months(TestEconomy economy) =>
    [
        .. (await economy.Entitled("ann").ListEntitlements(CancellationToken.None)).Entitlements
            .Where(one => one.Service == Service),
    ];

    // Oldest first.
    private static async Task<string[]> Told(TestEconomy economy, string id = "ann") =>
    [
        .. (await economy.Participant(id).GetNotices(new PageRequest(null, 100), CancellationToken.None)).Notices
            .Where(notice => notice.Kind.StartsWith("renewal.", StringComparison.Ordinal)).Reverse()
            .Select(notice => $"{notice.Kind} {notice.Values}"),
    ];

    private static DateTimeOffset Day(DateTimeOffset ends, int days, int hour) =>
        new(DateOnly.FromDateTime(ends.UtcDateTime).AddDays(days), new TimeOnly(hour, 0), TimeSpan.Zero);

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .Where(finding => !finding.Holds).Select(finding => finding.Invariant.Name).Distinct(),
    ];
}
