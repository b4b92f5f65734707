using System.Globalization;
using Stk.Rules.Pulls;

namespace Stk.Rules.Tests.Pulls;

public sealed class WeekDifferenceTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];

    [Fact]
    public void Two_sets_that_are_alike_differ_in_nothing() =>
        Assert.Equal(default, WeekDifference.Of(Ids, Stored(Ids, Ids), Stored(Ids, Ids)));

    // 0 stands here and there; 1 was missing and is added; 2 was missing and is rejected; 3 is taken back; 4 was taken back
    // before, and the source still lists it.
    [Fact]
    public void What_is_missing_taken_back_and_added_is_counted() => Assert.Equal(
        new(Missing: 2, TakenBack: 1, Added: 1),
        WeekDifference.Of(
            [Ids[0], Ids[1], Ids[2], Ids[2], Ids[4]], Stored([Ids[0], Ids[3], Ids[4]], [Ids[0], Ids[3]]),
            Stored([Ids[0], Ids[1], Ids[3], Ids[4], Ids[5]], [Ids[0], Ids[1]])));

    [Theory]
    [InlineData("2025-12-01", "2025-12-01", "to")]
    [InlineData("2015-11-01", "2025-12-01", "to")]
    [InlineData("2025-12-01", "2025-12-02", null)]
    public void A_past_has_a_beginning_before_its_end_and_is_no_eternity(string from, string to, string? field) =>
        Assert.Equal(field, BackfillSpan.Check(At(from), At(to))?.Field);

    private static DateTimeOffset At(string day) => new(
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);

    private static StoredEvents Stored(Guid[] all, Guid[] live) => new(all.ToHashSet(), live.ToHashSet());
}
