using System.Text.Json;
using Stk.Settlement.Plans;

namespace Stk.Settlement.Tests.Plans;

public class ActPlanTests
{
    [Fact]
    public void A_plan_is_json_that_reads_back_the_same()
    {
        var (key, mint, vault) = (TestBatch.Address(1), TestBatch.Mint, TestBatch.Address(80));
        foreach (var plan in (ActPlan[])[
            TestBatch.Plan,
            ActPlan.OfBatch(TestBatch.Batch, TestBatch.Terms with { NonceAccount = TestBatch.Address(60) }),
            ActPlan.OfMint(key, mint, vault, ulong.MaxValue),
            ActPlan.OfRefill(key, mint, vault, TestBatch.FloatTokens, 5),
            ActPlan.OfBurn(key, mint, vault, 5),
            ActPlan.OfReturn(key, mint, vault, TestBatch.Address(3), 5),
            ActPlan.OfMemo(key, mint, "stk:week:2025-W51")])
        {
            var read = ActPlan.FromJson(plan.ToJson());

            Assert.Equal(
                (plan.Kind, plan.Authority, plan.Mint, plan.Memo, plan.FirstInstruction, plan.Wallet),
                (read.Kind, read.Authority, read.Mint, read.Memo, read.FirstInstruction, read.Wallet));
            Assert.True(plan.Moves.SequenceEqual(read.Moves) && plan.Payouts.SequenceEqual(read.Payouts));
        }
    }

    [Fact]
    public void What_is_no_plan_is_refused()
    {
        var json = TestBatch.Plan.ToJson();
        Assert.Throws<JsonException>(() => ActPlan.FromJson("null"));
        Assert.Throws<JsonException>(() => ActPlan.FromJson("{}"));
        Assert.Throws<JsonException>(() => ActPlan.FromJson(json.Replace("\"kind\":1", "\"kind\":99", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => ActPlan.FromJson(
            json.Replace(TestBatch.Mint.ToString(), "0OIl", StringComparison.Ordinal)));
    }
}
