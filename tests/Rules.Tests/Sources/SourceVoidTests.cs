using CsCheck;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Sources;

public sealed class SourceVoidTests
{
    private static readonly DateTimeOffset At = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WeekId First = WeekId.OfNumber(202549);

    [Fact]
    public void It_covers_what_was_received_from_its_beginning_to_before_its_end()
    {
        var taken = new SourceVoid(At, At.AddHours(1), ["ExerciseSave"]);

        Assert.True(taken.Covers("ExerciseSave", At));
        Assert.True(taken.Covers("ExerciseSave", At.AddHours(1).AddTicks(-10)));
        Assert.False(taken.Covers("ExerciseSave", At.AddHours(1)));
        Assert.False(taken.Covers("ExerciseSave", At.AddTicks(-10)));
        Assert.False(taken.Covers("ExerciseSaveRetracted", At));
        Assert.False(taken.Covers("ExerciseSave", null));
        Assert.True((taken with { Types = null }).Covers("ExerciseSaveRetracted", At));
    }

    // Weeks are sealed in order; it is approved and lifted somewhere between two seals.
    [Fact]
    public void A_week_leaves_them_out_where_it_stood_at_its_seal_or_stands_while_it_is_open() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Bool).Sample((approved, more, isLifted) =>
        {
            var lifted = approved + more;
            var weeks = Enumerable.Range(0, 12).Select(place => WeekId.Of(First.Monday.AddDays(7 * place))).ToArray();
            var taken = new SourceVoid(
                At, At.AddHours(1), null, approved == 0 ? null : weeks[approved - 1],
                isLifted && lifted > 0 ? weeks[lifted - 1] : null, isLifted);

            for (var place = 0; place < weeks.Length; place++)
            {
                // Sealed before it was approved; sealed while it stood; open, or sealed after it was lifted.
                var expected = place >= approved && (!isLifted || place < lifted);
                Assert.Equal(expected, taken.IsInForce(weeks[place]));
            }
        });

    [Fact]
    public void What_an_operator_asks_for_is_a_time_and_types_that_may_be()
    {
        Assert.Empty(SourceVoid.Check(At, At.AddTicks(10), null));
        Assert.Empty(SourceVoid.Check(At, At.AddDays(1), ["ExerciseSave"]));
        Assert.Equal(
            ["receivedTo", "types[1]"],
            SourceVoid.Check(At, At, ["ExerciseSave", ""]).Select(objection => objection.Field));
        Assert.Equal(["types"], SourceVoid.Check(At, At.AddDays(1), []).Select(objection => objection.Field));
    }
}
