using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Stk.ApiHost.Pages;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Pages;

public sealed partial class WordsTests
{
    private static readonly Dictionary<string, string> Russian = Texts(CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> English = Texts(CultureInfo.GetCultureInfo("en"));

    private static readonly HashSet<string> Roots = [.. Russian.Keys.Select(key => key.Split('.')[0])];

    [Fact]
    public void Each_text_is_there_in_both_languages_with_the_same_names_in_it()
    {
        Assert.Equal(Russian.Keys.Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));
        Assert.All(Russian.Where(pair => !pair.Key.StartsWith("n.", StringComparison.Ordinal)), pair => Assert.Equal(
            Placeholder().Matches(pair.Value).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal),
            Placeholder().Matches(English[pair.Key]).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)));
        Assert.All(English.Values, text => Assert.DoesNotMatch("[А-Яа-я]", text));
    }

    [Fact]
    public void Each_text_that_a_page_names_is_there_and_none_is_left_over()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "ApiHost", "Pages"))
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        var named = sources.SelectMany(text => Key().Matches(text)).Select(match => match.Groups[1].Value)
            .Where(key => Russian.ContainsKey(key)
                || (key.Contains('.', StringComparison.Ordinal) && Roots.Contains(key.Split('.')[0]))).ToHashSet();
        string[] made =
        [
            "kind.", "type.", "level.", "theme.", "account.", "part.", "problem.", "week.file.", "activity.why.", "condition.", "role.",
        ];

        bool IsMade(string key) => made.Any(root => key.StartsWith(root, StringComparison.Ordinal));
        Assert.DoesNotContain(named, key => !Russian.ContainsKey(key) && !IsMade(key));
        Assert.DoesNotContain(Russian.Keys, key => !named.Contains(key) && !IsMade(key));
    }

    [Fact]
    public void Everything_that_has_a_name_elsewhere_has_one_here()
    {
        Assert.All(TransactionKinds.OfParticipants, kind => Assert.Contains($"kind.{kind.WireName()}", Russian.Keys));
        Assert.All(RuleBook.FromTheSource.Activities, rule => Assert.Contains($"type.{rule.Type}", Russian.Keys));
        Assert.All(RuleBook.FromTheSource.Levels, level => Assert.Equal(level.Name, Russian[$"level.{level.Number}"]));
        Assert.All(Funds.All, fund => Assert.Contains($"part.fund:{fund.WireName()}", Russian.Keys));
    }

    [Theory]
    [InlineData(1, "1 балл", "1 point")]
    [InlineData(2, "2 балла", "2 points")]
    [InlineData(5, "5 баллов", "5 points")]
    [InlineData(11, "11 баллов", "11 points")]
    [InlineData(21, "21 балл", "21 points")]
    [InlineData(111, "111 баллов", "111 points")]
    [InlineData(1_584, "1 584 балла", "1,584 points")]
    public void A_noun_agrees_with_its_number(long number, string russian, string english)
    {
        Assert.Equal(russian, Plain(PageWords.Russian.Count("n.points", number)));
        Assert.Equal(english, Plain(PageWords.English.Count("n.points", number)));
    }

    [Theory]
    [InlineData(1, "Осталась {n} сессия")]
    [InlineData(2, "Осталось {n} сессии")]
    [InlineData(5, "Осталось {n} сессий")]
    [InlineData(21, "Осталась {n} сессия")]
    public void A_verb_agrees_with_its_number(long number, string said) =>
        Assert.Equal(said, PageWords.Russian.Form("n.sessions", number));

    [Fact]
    public void Amounts_weeks_and_times_are_written_as_people_of_the_language_do()
    {
        var week = WeekId.OfNumber(202613);
        var moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

        Assert.Equal("1 584,5 STK", Plain(PageWords.Russian.Stk(new(1_584_500_000))));
        Assert.Equal("1,584.5 STK", Plain(PageWords.English.Stk(new(1_584_500_000))));
        Assert.Equal("9 000 000 000,999999 STK", Plain(PageWords.Russian.Stk(new(9_000_000_000_999_999))));
        Assert.Equal("−10 STK", Plain(PageWords.Russian.StkChange(Amount.OfStk(-10))));
        Assert.Equal("+10 STK", Plain(PageWords.Russian.StkChange(Amount.OfStk(10))));
        Assert.Equal("13-я неделя, 23–29 марта 2026", Plain(PageWords.Russian.Week(week)));
        Assert.Equal("Week 13, 23–29 March 2026", Plain(PageWords.English.Week(week)));
        Assert.Equal("14-я неделя, 30 марта – 5 апреля 2026", Plain(PageWords.Russian.Week(week.Next)));
        Assert.Equal("1-я неделя, 29 декабря 2025–4 января 2026", Plain(PageWords.Russian.Week(WeekId.OfNumber(202601))));
        Assert.Equal("1 апреля 2026, 02:30", Plain(PageWords.Russian.Time(new(2026, 3, 31, 23, 30, 0, TimeSpan.Zero), moscow)));
    }

    private static Dictionary<string, string> Texts(CultureInfo culture) =>
        new ResourceManager("Stk.ApiHost.Pages.Texts", typeof(PageWords).Assembly)
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();

    // Keys stand between quotes: of small letters, with a point in the most.
    [GeneratedRegex("\"([a-z][a-z:-]*(?:\\.[a-z][a-z:_-]*)*)\"")]
    private static partial Regex Key();
}
