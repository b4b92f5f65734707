using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Treasury;
using Stk.Rules.Money;
using Stk.Rules.Treasury;

namespace Stk.ApiHost.Tests.Treasury;

public sealed class TreasuryTests
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";

    [Fact]
    public async Task A_small_spending_is_paid_and_a_large_one_waits()
    {
        await using var host = await ApiHostUnderTest.Start();

        var small = await Spend(host, """{"fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"best project"}""");
        var large = await Spend(
            host, """{"fund":"team","to":"bob","amount":"25000","kind":"team","reason":"a year's work","vestsDays":90}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Accepted), (small.Status, large.Status));
        Assert.Equal("paid", small.Json.GetProperty("state").GetString());
        var asked = (FundSpendRequest)host.Cluster.Treasury.Asked.Last();
        Assert.Equal(
            (Fund.Team, "bob", Amount.OfStk(25_000), FundSpendKind.Team, "a year's work", 90, "olga"),
            (asked.Fund, asked.To, asked.Amount, asked.Kind, asked.Reason, asked.VestsDays, asked.By));
        Assert.Equal(
            $$"""{"id":"{{asked.Key.Id}}","state":"waiting","fund":"team","to":"bob","amount":"25000","kind":"team","reason":"a year's work","vestsDays":90,"askedAt":"2025-12-22T08:00:00+00:00","askedBy":"olga","decidedAt":null,"decidedBy":null,"transaction":null,"note":null}""",
            large.Text);
    }

    [Fact]
    public async Task Where_there_is_no_other_operator_a_spending_that_waits_says_so()
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Treasury.IsAlone = true;

        var waiting = await Spend(
            host, """{"fund":"team","to":"bob","amount":"25000","kind":"team","reason":"a year's work"}""");

        Assert.Contains("no other operator", waiting.Json.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rewards_fund_is_spent_by_nobody()
    {
        await using var host = await ApiHostUnderTest.Start();

        (await Spend(host, """{"fund":"rewards","to":"bob","amount":"5","kind":"grant","reason":"why"}"""))
            .Problem(422, "fund-not-spendable");
    }

    [Fact]
    public async Task Another_operator_decides_and_the_first_cannot_approve()
    {
        await using var host = await ApiHostUnderTest.Start();

        var own = await Decide(host, "olga", "approve");
        var approved = await Decide(host, "oleg", "approve");
        var rejected = await Decide(host, "oleg", "reject");

        own.Problem(403, "needs-second-approval");
        Assert.Equal(["paid", "rejected"], new[] { approved, rejected }.Select(
            answer => answer.Json.GetProperty("state").GetString()));
        Assert.Equal("oleg", approved.Json.GetProperty("decidedBy").GetString());
        Assert.Equal(
            [("olga", true), ("oleg", true), ("oleg", false)],
            host.Cluster.Treasury.Asked.Cast<DecideRequest>().Select(request => (request.By, request.IsApproved)));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?waiting=true", true)]
    [InlineData("?waiting=false", false)]
    public async Task The_list_can_be_of_what_waits_alone(string query, bool isWaitingOnly)
    {
        await using var host = await ApiHostUnderTest.Start();

        var answer = await host.Get($"{Root}/admin/treasury/spends{query}", host.Keys.Token("auditor"));

        Assert.Equal("25000", answer.Json.GetProperty("items")[0].GetProperty("amount").GetString());
        Assert.Equal(isWaitingOnly, host.Cluster.Treasury.WasAskedForWaiting);
    }

    private static Task<Answer> Spend(ApiHostUnderTest host, string body) => host.Write(
        "POST", "/admin/treasury/spend", host.Keys.Token("operator", "olga"), body, ("Idempotency-Key", Guid.NewGuid().ToString()));

    private static Task<Answer> Decide(ApiHostUnderTest host, string by, string verb) => host.Write(
        "POST", $"/admin/treasury/spends/{Id}/{verb}", host.Keys.Token("operator", by), """{"reason":"looked at it"}""",
        ("Idempotency-Key", Guid.NewGuid().ToString()));
}
