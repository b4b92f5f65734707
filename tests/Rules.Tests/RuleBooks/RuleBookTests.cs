using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.RuleBooks;

public class RuleBookTests
{
    private static readonly RuleBook Book = RuleBook.FromTheSource;

    [Theory]
    [InlineData(0, "SectionCompleted", 50, 5)] // Чтение раздела
    [InlineData(1, "ExerciseSave", 100, 5)] // Выполнение задания
    [InlineData(2, "ClubPostCreated", 200, 1)] // Написание поста
    [InlineData(3, "ClubLikeGiven", 10, 5)] // Поставленный лайк
    [InlineData(4, "ClubLikeReceived", 20, 10)] // Полученный лайк
    [InlineData(5, "ClubCommentCreated", 50, 5)] // Написание комментария
    [InlineData(6, "ClubCommentReceived", 50, 5)] // Получение комментария
    public void The_sources_table_of_weights_holds(int place, string type, int weight, int dayLimit)
    {
        Assert.Equal(new ActivityRule(type, weight, dayLimit, 0, 0, RuleOrigin.Source), Book.Weighted(type));
        Assert.Equal(place, Book.PlaceOf(type));
    }

    [Theory]
    [InlineData(7, "CourseCompleted", 500, 1, 0, 0)]
    [InlineData(8, "PeerReviewCompleted", 100, 3, 30, 30)]
    [InlineData(9, "ProjectMilestoneCompleted", 500, 1, 60, 90)]
    [InlineData(10, "MentoringSessionCompleted", 300, 3, 30, 30)]
    [InlineData(11, "ReferralActivated", 500, 1, 90, 90)]
    public void What_the_source_leaves_open_is_ours_and_says_so(
        int place, string type, int weight, int dayLimit, int vestsDays, int vestsDaysMax)
    {
        Assert.Equal(
            new ActivityRule(type, weight, dayLimit, vestsDays, vestsDaysMax, RuleOrigin.Ours), Book.Weighted(type));
        Assert.Equal(place, Book.PlaceOf(type));
    }

    [Fact]
    public void Twelve_types_are_weighted_and_no_other()
    {
        Assert.Equal(12, Book.Activities.Length);
        Assert.Null(Book.Weighted("PageView"));
        Assert.Null(Book.Weighted("sectioncompleted"));
        Assert.Null(Book.Weighted("SectionCompleted "));
        Assert.Null(Book.Weighted(""));
    }

    [Theory]
    [InlineData(1, "Первокурсник", 100)]
    [InlineData(2, "Стажёр", 120)]
    [InlineData(3, "Практик", 150)]
    [InlineData(4, "Специалист", 180)]
    [InlineData(5, "Эксперт", 220)]
    [InlineData(6, "Мастер", 260)]
    [InlineData(7, "Наставник", 300)]
    [InlineData(8, "Общественный деятель", 360)]
    public void The_sources_levels_hold(int level, string name, int hundredths) =>
        Assert.Equal(new Level(level, name, new Coefficient(hundredths)), Book.LevelOf(level));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void There_are_eight_levels(int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Book.LevelOf(level));

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 102)]
    [InlineData(3, 105)]
    [InlineData(4, 110)]
    [InlineData(5, 120)]
    [InlineData(6, 120)]
    [InlineData(int.MaxValue, 120)]
    public void The_sources_consistency_holds(int weeksInRow, int hundredths) =>
        Assert.Equal(new Coefficient(hundredths), Book.ConsistencyOf(weeksInRow));

    [Fact]
    public void No_week_in_a_row_has_no_consistency() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Book.ConsistencyOf(0));

    [Fact]
    public void The_sources_shares_of_emission_hold() =>
        Assert.Equal([5_000, 2_000, 1_500, 1_000, 500], Book.EmissionSharesBp.ToArray());

    [Fact]
    public void A_week_uses_the_last_version_from_its_own_or_an_earlier_week()
    {
        var week = Parsed.Week("2025-W10");
        var history = new RuleBookHistory(
            [(week.Next, Book.WithVersion(2)), (week.Previous, Book), (week.Next, Book.WithVersion(3))]);
        Assert.Equal(1, history.Of(Parsed.Week("2001-W01")).Version);
        Assert.Equal(1, history.Of(week).Version);
        Assert.Equal(3, history.Of(week.Next).Version);
        Assert.Equal(3, history.Of(week.Next.Next).Version);
    }

    [Theory]
    [InlineData("1", 100)]
    [InlineData("1.5", 150)]
    [InlineData("1.02", 102)]
    [InlineData("0.01", 1)]
    [InlineData("100", 10_000)]
    public void A_coefficient_has_one_shortest_form(string text, int hundredths)
    {
        Assert.Equal(text, new Coefficient(hundredths).ToString());
        Assert.True(Coefficient.TryParse(text, out var coefficient));
        Assert.Equal(hundredths, coefficient.Hundredths);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData("1e1")]
    [InlineData(" 1")]
    [InlineData("１")]
    [InlineData("123456")]
    public void What_is_no_coefficient_is_refused(string text) => Assert.False(Coefficient.TryParse(text, out _));

    [Fact]
    public void A_coefficient_with_a_trailing_zero_is_the_same() =>
        Assert.True(Coefficient.TryParse("1.10", out var coefficient) && coefficient == new Coefficient(110));
}
