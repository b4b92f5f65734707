using Stk.Settlement.Acts;
using Stk.Settlement.Proofs;

namespace Stk.Settlement.Tests.Proofs;

public class EvidenceTests
{
    [Fact]
    public void Evidence_is_json_that_reads_back_the_same_and_says_what_each_node_said()
    {
        var run = TestRun.In(ActState.Uncertain);
        run.Wake();
        var evidence = run.Act.Last?.Evidence ?? throw new InvalidOperationException("no evidence");

        var json = evidence.ToJson();

        Assert.Equal(json, Evidence.FromJson(json).ToJson());
        Assert.Contains("\"says\":\"Absent\"", json, StringComparison.Ordinal);
        Assert.Contains("\"height\":1500", json, StringComparison.Ordinal);
        Assert.Contains("\"statuses\":[\"none\"]", json, StringComparison.Ordinal);
        Assert.Contains("\"knowsLandmark\":true", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
    }
}
