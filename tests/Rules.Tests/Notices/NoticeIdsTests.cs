using Stk.Rules.Causes;
using Stk.Rules.Notices;

namespace Stk.Rules.Tests.Notices;

public sealed class NoticeIdsTests
{
    [Fact]
    public void An_id_is_of_the_kind_and_the_cause()
    {
        Assert.Equal(
            CauseId.Of("notice", "vesting.released", "2025-Q4", "7"),
            NoticeIds.Of(NoticeKinds.VestingReleased, "2025-Q4", "7"));
        Assert.NotEqual(
            NoticeIds.Of(NoticeKinds.VestingReleased, "1"), NoticeIds.Of(NoticeKinds.VestingCancelled, "1"));
    }
}
