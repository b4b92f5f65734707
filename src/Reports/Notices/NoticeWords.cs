using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Reports.Statements;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Weeks;

namespace Stk.Reports.Notices;

/// <summary>Values of notices as a language writes them.</summary>
/// <param name="statement">The same language's words of statements, whose numbers, days and types these are.</param>
internal sealed class NoticeWords(StatementWords statement, Func<decimal, ImmutableArray<string>, string> noun)
{
    /// <summary>In place of a value that is not there, or not what its kind says.</summary>
    private const string Missing = "?";

    private const decimal WholeBp = 10_000;

    public static readonly NoticeWords Russian = new(
        StatementWords.Russian,
        (number, forms) => forms is [var one, var few, var many] ? RussianPlural.Of(number, one, few, many) : forms[0]);

    public static readonly NoticeWords English =
        new(StatementWords.English, (number, forms) => number == 1 ? forms[0] : forms[^1]);

    public static NoticeWords Of(NoticeLanguage language) => language == NoticeLanguage.English ? English : Russian;

    /// <summary>Whether there is a value that is neither zero, false nor empty.</summary>
    public static bool IsSomething(JsonElement? value, NoticeValueForm form) => value switch
    {
        null or { ValueKind: JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined } => false,
        { ValueKind: JsonValueKind.Number } number => number.TryGetDecimal(out var read) && read != 0,
        { ValueKind: JsonValueKind.String } text when form == NoticeValueForm.Amount =>
            Amount.TryParse(text.GetString(), out var amount) ? amount != Amount.Zero : NumberOf(text) is not (null or 0),
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 },
        _ => true,
    };

    /// <summary>Whether this language has a name of its own for a type.</summary>
    public bool IsNamed(JsonElement? type) => TextOf(type) is var written && statement.TypeName(written) != written;

    public string Noun(JsonElement? value, ImmutableArray<string> forms) => noun(NumberOf(value) ?? 0, forms);

    public string Shown(JsonElement? value, NoticeValueForm form) => form switch
    {
        NoticeValueForm.Amount => AmountText(value),
        NoticeValueForm.Number => NumberOf(value) is { } number && decimal.Truncate(number) == number
            ? statement.Numbers.Of((long)number)
            : Missing,
        NoticeValueForm.Rate => NumberOf(value) is { } rateBp
            ? $"{statement.Numbers.Of(new Amount((long)(rateBp * 100 / WholeBp * Amount.MicroPerStk)))}\u00A0%"
            : Missing,
        NoticeValueForm.Time => TimeText(TextOf(value)),
        NoticeValueForm.ActivityType => statement.TypeName(TextOf(value)),
        _ => TextOf(value),
    };

    private static decimal? NumberOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var read) => read,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(
            text.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var read) => read,
        _ => null,
    };

    private static string TextOf(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } read ? read : Missing;

    // With a sign where it is below zero, as a correction may be: no amount that is parsed has one.
    private string AmountText(JsonElement? value) => NumberOf(value) is { } stk
        && Math.Abs(stk) < long.MaxValue / Amount.MicroPerStk
        ? statement.Numbers.Of(new Amount((long)(stk * Amount.MicroPerStk)))
        : Missing;

    private string TimeText(string text)
    {
        if (WeekId.TryParse(text, out var week))
        {
            return statement.Day(week.Sunday);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return statement.Day(day);
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Missing;
        }

        var utc = at.UtcDateTime;
        var shown = statement.Day(DateOnly.FromDateTime(utc));
        return utc.TimeOfDay == TimeSpan.Zero
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown}, {utc:HH:mm} UTC");
    }
}
