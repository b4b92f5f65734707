using Stk.Solana.Keys;

namespace Stk.Solana.Tests;

public class StandsAloneTests
{
    // Solnet is to be able to take its place: then it may know nothing of STK.
    [Fact]
    public void The_library_knows_no_other_project_of_ours() =>
        Assert.DoesNotContain(
            typeof(PublicKey).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("Stk.", StringComparison.Ordinal)); // every assembly has a name
}
