using Stk.Rules.Vesting;

namespace Stk.Rules.Tests.Vesting;

public class UnlockTests
{
    [Theory]
    [InlineData("2025-12-22", 30, "2026-01-21")] // Peer review, Менторство
    [InlineData("2025-12-22", 60, "2026-02-20")] // Проекты
    [InlineData("2025-12-22", 90, "2026-03-22")] // Проекты, Реферальные
    public void A_grant_unlocks_the_types_days_after_its_posting(string posted, int days, string unlocks) =>
        Assert.Equal(Parsed.Day(unlocks), Unlock.DayOf(Parsed.Day(posted), days));

    [Fact]
    public void What_does_not_vest_has_no_unlock_day() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Unlock.DayOf(Parsed.Day("2025-12-22"), 0));
}
