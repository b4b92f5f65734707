using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Stk.Reports.Statements;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>
/// What pages say, in one language: texts of the resources, numbers, days and weeks. Of nobody's locale but the language's:
/// neither the machine's nor the reader's browser's changes a character.
/// </summary>
public sealed class PageWords
{
    private const string Blank = "\u00A0";

    private static readonly ResourceManager Resources = new("Stk.ApiHost.Pages.Texts", typeof(PageWords).Assembly);

    private static readonly ImmutableArray<string> RussianMonths =
    [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ];

    private static readonly ImmutableArray<string> EnglishMonths =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    private readonly CultureInfo _culture;
    private readonly NumberText _numbers;

    private PageWords(string language, NumberText numbers)
    {
        Language = language;
        _culture = CultureInfo.GetCultureInfo(language);
        _numbers = numbers;
    }

    public static PageWords Russian { get; } = new("ru", NumberText.Russian);

    public static PageWords English { get; } = new("en", NumberText.English);

    /// <summary>As in <c>html lang</c>.</summary>
    public string Language { get; }

    public bool IsRussian => Language == "ru";

    /// <exception cref="InvalidOperationException">Nobody has written this text.</exception>
    public string this[string key] => Resources.GetString(key, _culture)
        ?? throw new InvalidOperationException($"there is no text '{key}' in {Language}");

    /// <summary>A text with what stands in it by name.</summary>
    public string Say(string key, params IReadOnlyList<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A number and its noun: <c>5 баллов</c>.</summary>
    public string Count(string noun, long number) => $"{Number(number)}{Blank}{Form(noun, number)}";

    /// <summary>The form of a noun, or of a sentence, beside a number.</summary>
    public string Form(string noun, long number)
    {
        var forms = this[noun].Split('|');
        return IsRussian ? RussianPlural.Of(number, forms[0], forms[1], forms[2]) : number == 1 ? forms[0] : forms[1];
    }

    /// <summary>The text of a key that not everything has; null where it has none.</summary>
    public string? Known(string key) => Resources.GetString(key, _culture);

    public string Number(long number) => _numbers.Of(number);

    public string Stk(Amount amount) => $"{_numbers.Of(amount)}{Blank}STK";

    /// <summary>With a sign where it is not zero.</summary>
    public string StkChange(Amount amount) => $"{_numbers.Change(amount)}{Blank}STK";

    public string NumberChange(long number) => _numbers.Change(number);

    public string Coefficient(int hundredths) => _numbers.Of(new Coefficient(hundredths));

    /// <summary>As the API writes it: <c>1.5</c>.</summary>
    public string Coefficient(string plain) =>
        Rules.RuleBooks.Coefficient.TryParse(plain, out var coefficient) ? _numbers.Of(coefficient) : plain;

    public string Day(DateOnly day) =>
        $"{Plain(day.Day)}{Blank}{Month(day)}{Blank}{Plain(day.Year)}";

    /// <summary>In the reader's zone: <c>23 марта 2026, 11:00</c>.</summary>
    public string Time(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))}, {Hour(at, zone)}";
    }

    public static string Hour(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>13-я неделя, 23–29 марта 2026</c>.</summary>
    public string Week(WeekId week)
    {
        var number = Plain(week.Number % 100);
        return IsRussian ? $"{number}-я{Blank}неделя, {Span(week)}" : $"Week{Blank}{number}, {Span(week)}";
    }

    /// <summary><c>13-ю неделю</c>.</summary>
    public string WeekAccusative(WeekId week)
    {
        var number = Plain(week.Number % 100);
        return IsRussian ? $"{number}-ю{Blank}неделю" : $"week{Blank}{number}";
    }

    /// <summary><c>13-й недели</c>, beside «с».</summary>
    public string WeekGenitive(WeekId week)
    {
        var number = Plain(week.Number % 100);
        return IsRussian
            ? $"{number}-й{Blank}недели {Plain(week.Number / 100)}{Blank}года"
            : $"week{Blank}{number} of{Blank}{Plain(week.Number / 100)}";
    }

    /// <summary>What an activity is called; a type that nobody has named is called as it is.</summary>
    public string Type(string type) => Known($"type.{type}") ?? type;

    public string Kind(string kind) => Known($"kind.{kind}") ?? kind;

    /// <summary>A level's name is the rule book's, which is Russian; those of the source are known in English too.</summary>
    public string Level(int level, string name) =>
        !IsRussian && RuleBook.FromTheSource.Levels.Any(known => known.Number == level && known.Name == name)
            ? this[$"level.{Plain(level)}"]
            : name;

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Month(DateOnly day) => (IsRussian ? RussianMonths : EnglishMonths)[day.Month - 1];

    private string Span(WeekId week)
    {
        var (first, last) = (week.Monday, week.Sunday);
        var begin = first.Year != last.Year ? Day(first) + "–"
            : first.Month != last.Month ? $"{Plain(first.Day)}{Blank}{Month(first)}{Blank}–{Blank}"
            : $"{Plain(first.Day)}–";
        return begin + Day(last);
    }
}
