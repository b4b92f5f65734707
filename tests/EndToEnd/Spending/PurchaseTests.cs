using System.Collections.Immutable;
using System.Text.Json;
using Stk.Client.Connections;
using Stk.Client.Problems;
using Stk.Client.Spending;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

[Collection(SpendingCollection.Name)]
public sealed class PurchaseTests(SpendingEconomy spending)
{
    private const int Copies = 50;

    private static readonly ImmutableSortedDictionary<string, string> ByMentor =
        ImmutableSortedDictionary<string, string>.Empty.Add("mentor", "mentor");

    private Economy Economy => spending.Economy;

    [Fact]
    public async Task Fifty_copies_over_two_hosts_are_one_purchase_and_fifty_equal_answers()
    {
        using var first = await spending.Client("buyer");
        using var second = await spending.Client("buyer", spending.SecondAddress);
        var before = await spending.Available("buyer");
        var mentors = await spending.Available("mentor");
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, Copies).Select(copy =>
            (copy % 2 == 0 ? first : second).Spending.Buy("mentor_session_1h", new PurchaseOrder(ByMentor), key)));

        Assert.Single(answers.Select(answer => JsonSerializer.Serialize(answer, TokenomicsJson.Options)).Distinct());
        Assert.Equal(before - Amount.OfStk(200), await spending.Available("buyer"));
        Assert.Equal(mentors + Amount.OfStk(160), await spending.Available("mentor"));
        var right = Assert.Single(await first.Entitlements.List(), right => right.Id == answers[0].Id);
        Assert.Equal((1, true), (right.Left, right.IsActive));
    }

    [Fact]
    public async Task A_service_is_bought_seen_and_used_by_the_command_line_and_another_system()
    {
        var token = await Economy.Token("participant", "bob");
        Assert.Contains("course_basic", (await Economy.Stk("services", "list", "--token", token)).Done().Text, StringComparison.Ordinal);

        var bought = (await Economy.Stk(
            "buy", "mentor_session_1h", "--recipient", "mentor=mentor", "--yes", "--json", "--token", token)).Done();

        using var purchase = JsonDocument.Parse(bought.Text);
        Assert.Equal(
            ["160", "40"],
            purchase.RootElement.GetProperty("parts").EnumerateArray()
                .Select(part => part.GetProperty("amount").GetString()));
        using var club = await Economy.Typed("ingest", "club");
        Assert.True((await club.Entitlements.Check("mentor_session_1h", "bob")).IsActive);
        var use = Guid.NewGuid();
        var used = await club.Entitlements.Use("mentor_session_1h", "bob", use);
        Assert.Equal(used, await club.Entitlements.Use("mentor_session_1h", "bob", use));
        Assert.False((await club.Entitlements.Check("mentor_session_1h", "bob")).IsActive);
        Assert.Contains("0 of 1", (await Economy.Stk("entitlements", "--token", token)).Done().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_is_the_exact_reverse_once_and_is_in_the_audit_log()
    {
        using var ann = await spending.Client("ann");
        using var operations = await Economy.Typed("operator", "olga");
        var purchase = await ann.Spending.Buy("ai_agent_premium");
        var before = await spending.Available("ann");

        var refund = Assert.IsType<RefundAnswer.Done>(
            await operations.Spending.Refund(purchase.Id, "does not work")).Refund;

        Assert.Equal(purchase.Price, refund.Amount);
        Assert.Equal(before + purchase.Price, await spending.Available("ann"));
        Assert.False(Assert.Single(await ann.Entitlements.List(), right => right.Id == purchase.Id).IsActive);
        var again = await Assert.ThrowsAsync<ApiProblemException>(() => operations.Spending.Refund(purchase.Id, "once more"));
        Assert.Equal("already-refunded", again.Slug);
        Assert.Contains(
            await operations.Audit.List().Take(20).ToListAsync(),
            entry => entry is { Action: "purchase.refund", By: "olga", Reason: "does not work" });
    }

    [Fact]
    public async Task A_version_that_is_no_longer_the_one_that_was_read_is_not_bought()
    {
        using var ann = await spending.Client("ann");
        var refusal = await Assert.ThrowsAsync<ApiProblemException>(
            () => ann.Spending.Buy("course_basic", new PurchaseOrder(ExpectedVersion: 1)));
        Assert.Equal(("price-changed", 412), (refusal.Slug, refusal.Status));
    }
}
