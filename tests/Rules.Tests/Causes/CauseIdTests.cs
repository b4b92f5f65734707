using Stk.Rules.Causes;

namespace Stk.Rules.Tests.Causes;

public class CauseIdTests
{
    [Fact]
    public void Version_5_agrees_with_the_rfc() =>
        // RFC 9562, appendix A.4.
        Assert.Equal(
            Guid.Parse("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            CauseId.V5(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Fact]
    public void The_same_parts_give_the_same_id_and_other_parts_another()
    {
        Assert.Equal(CauseId.Of("emission", "2025-12-18"), CauseId.Of("emission", "2025-12-18"));
        Assert.NotEqual(CauseId.Of("ab", "c"), CauseId.Of("a", "bc"));
        Assert.NotEqual(CauseId.Of("a", "b"), CauseId.Of("b", "a"));
        Assert.NotEqual(CauseId.Of("a"), CauseId.Of("a", ""));
    }
}
