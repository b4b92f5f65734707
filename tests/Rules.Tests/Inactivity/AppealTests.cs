using Stk.Rules.Inactivity;

namespace Stk.Rules.Tests.Inactivity;

public class AppealTests
{
    private static readonly DateTimeOffset Warned = Parsed.Instant("2025-12-02T08:00:00Z");
    private static readonly DateTimeOffset Debit = Parsed.Instant("2026-01-05T07:00:00Z");

    [Theory]
    [InlineData("2025-12-02T07:59:59Z", AppealRefusal.NotWarned)]
    [InlineData("2025-12-02T08:00:00Z", null)]
    [InlineData("2026-01-05T06:59:59Z", null)]
    public void Before_the_run_whoever_is_warned_may_appeal(string now, AppealRefusal? refusal) =>
        Assert.Equal(refusal, Appeals.Check(Parsed.Instant(now), Warned, isRunDone: false, debit: null, hasAppealed: false));

    [Theory]
    [InlineData("2026-01-05T07:00:00Z", null)]
    [InlineData("2026-02-04T23:59:59.999999Z", null)]
    [InlineData("2026-02-05T00:00:00Z", AppealRefusal.TooLate)]
    public void After_a_debit_for_thirty_days(string now, AppealRefusal? refusal) =>
        Assert.Equal(refusal, Appeals.Check(Parsed.Instant(now), Warned, isRunDone: true, Debit, hasAppealed: false));

    [Fact]
    public void Where_the_run_has_taken_nothing_there_is_nothing_to_appeal_against() => Assert.Equal(
        AppealRefusal.TooLate, Appeals.Check(Debit, Warned, isRunDone: true, debit: null, hasAppealed: false));

    [Fact]
    public void Once_a_quarter_and_never_without_a_warning()
    {
        Assert.Equal(
            AppealRefusal.AlreadyAppealed, Appeals.Check(Debit, Warned, isRunDone: false, debit: null, hasAppealed: true));
        Assert.Equal(
            AppealRefusal.NotWarned,
            Appeals.Check(Debit, firstWarning: null, isRunDone: false, debit: null, hasAppealed: false));
    }

    [Fact]
    public void A_text_has_1_to_2000_characters()
    {
        Assert.NotNull(Appeals.Broken(""));
        Assert.NotNull(Appeals.Broken(" "));
        Assert.Null(Appeals.Broken("ж"));
        Assert.Null(Appeals.Broken(new string('ж', 2_000)));
        Assert.NotNull(Appeals.Broken(new string('ж', 2_001)));
    }
}
