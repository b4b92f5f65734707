using System.Text.RegularExpressions;

namespace Stk.EndToEnd.Spending;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_fills_an_empty_economy_is_sound_and_is_not_made_twice()
    {
        await using var economy = Economy.Make();
        var up = (await economy.Stk("up", "--demo")).Done();

        Assert.Contains("The demo is here: 40 participants, 12 weeks to 2026-W13", up.Text, StringComparison.Ordinal);
        var head = (await economy.Stk("verify")).Done().Lines[^1];
        var tokens = Regex.Matches(up.Text, @"export STK_TOKEN=(ey\S+)").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, tokens.Count);
        foreach (var token in tokens)
        {
            Assert.Contains("available", (await economy.Stk("balance", "--token", token)).Done().Text, StringComparison.Ordinal);
            Assert.Matches("(?m)transfer|purchase", (await economy.Stk("history", "--limit", "100", "--token", token)).Done().Text);
        }

        var audit = (await economy.Stk("audit", "--limit", "1000", "--token", await economy.Token("auditor", "anna"))).Done().Text;
        Assert.All(
            ["service.put", "service.admit", "purchase.refund", "fund.spend", "fund.approve", "participant.change"],
            action => Assert.Contains(action, audit, StringComparison.Ordinal));

        Assert.Contains("The demo is here", (await economy.Stk("up", "--demo")).Done().Text, StringComparison.Ordinal);
        Assert.Equal(head, (await economy.Stk("verify")).Done().Lines[^1]);
    }
}
