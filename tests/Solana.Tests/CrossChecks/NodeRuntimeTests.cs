using Stk.Testing.Chain;

namespace Stk.Solana.Tests.CrossChecks;

public class NodeRuntimeTests
{
    [Theory]
    [InlineData("v20.20.2\n", true)]
    [InlineData("v20.18.0\n", true)]
    [InlineData("v22.0.0-nightly\n", true)]
    [InlineData("v20.17.9\n", false)]
    [InlineData("v18.19.0\n", false)]
    [InlineData("node: command not found\n", false)]
    [InlineData("", false)]
    public void A_node_of_20_18_is_new_enough_and_no_older_one(string printed, bool fits) =>
        Assert.Equal(fits, NodeRuntime.ParseVersion(printed) >= NodeRuntime.Oldest);
}
