using System.Text.Json;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

[Collection(SpendingCollection.Name)]
public sealed class TreasuryTests(SpendingEconomy spending)
{
    private Economy Economy => spending.Economy;

    [Fact]
    public async Task Above_the_limit_a_second_operator_approves_and_both_are_in_the_audit_log()
    {
        var olga = await Economy.Token("operator", "olga");
        var oleg = await Economy.Token("operator", "oleg");
        var before = await spending.Available("author");

        var asked = (await Economy.Stk(
            "treasury", "spend", "treasury", "author", "15000", "--kind", "contract", "--reason", "a course", "--yes", "--json",
            "--token", olga)).Done();
        using var waiting = JsonDocument.Parse(asked.Text);
        Assert.Equal("waiting", waiting.RootElement.GetProperty("state").GetString());
        Assert.Equal(before, await spending.Available("author"));
        var id = waiting.RootElement.GetProperty("id").GetGuid().ToString();

        var alone = await Economy.Stk("treasury", "approve", id, "--reason", "mine", "--yes", "--token", olga);
        Assert.Equal(1, alone.Code);
        Assert.StartsWith("needs-second-approval: ", alone.Sentence(), StringComparison.Ordinal);

        (await Economy.Stk("treasury", "approve", id, "--reason", "seen", "--yes", "--token", oleg)).Done();
        Assert.Equal(before + Amount.OfStk(15_000), await spending.Available("author"));
        var log = (await Economy.Stk("audit", "--limit", "50", "--token", await Economy.Token("auditor", "anna"))).Done().Text;
        Assert.Matches(@"olga +fund\.spend", log);
        Assert.Matches(@"oleg +fund\.approve", log);
    }

    [Fact]
    public async Task The_rewards_fund_is_spent_by_nobody()
    {
        var operators = await Economy.Operator();
        var content = ApiClient.Json("""{"fund":"rewards","to":"ann","amount":"1","kind":"grant","reason":"no"}""");
        content.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var answer = await operators.Send(HttpMethod.Post, "admin/treasury/spend", content);
        answer.Problem(HttpStatusCode.UnprocessableEntity, "fund-not-spendable");
    }
}
