using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Cli.Api;

/// <summary>Arguments and options of the kinds that verbs share, each with its rule.</summary>
internal static class Values
{
    public const int MostItems = 10_000;

    public static Argument<string> Text(string name, string description) => new(name) { Description = description };

    public static Argument<Amount> Amount(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<Amount>(
            result, Rules.Money.Amount.TryParse, $"{name} must be an amount of STK, such as 1584 or 0.5, with at most 6 decimals."),
    };

    public static Argument<WeekId> Week(string name = "week") => new(name)
    {
        Description = "An ISO week, 2025-W51.",
        CustomParser = result => Parsed<WeekId>(result, WeekId.TryParse, $"{name} must be an ISO week, such as 2025-W51."),
    };

    public static Option<WeekId> WeekOption(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result => Parsed<WeekId>(result, WeekId.TryParse, $"{name} must be an ISO week, such as 2025-W51."),
    };

    public static Option<Amount?> AmountOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<Amount>(
            result, Rules.Money.Amount.TryParse, $"{name} must be an amount of STK, such as 1584 or 0.5, with at most 6 decimals."),
    };

    public static Argument<Guid> Id(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<Guid>(result, Guid.TryParse, $"{name} must be an id, a UUID."),
    };

    /// <summary>A day in UTC, or an instant with its offset.</summary>
    public static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<DateTimeOffset>(
            result, TryInstant, $"{name} must be a day, 2025-12-18, or an instant with its offset, 2025-12-18T09:30:00Z."),
    };

    /// <inheritdoc cref="Instant"/>
    public static Argument<DateTimeOffset> InstantArgument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<DateTimeOffset>(
            result, TryInstant, $"{name} must be a day, 2025-12-18, or an instant with its offset, 2025-12-18T09:30:00Z."),
    };

    public static Option<string?> Participant() => new("--participant")
    {
        Description = "Whose; for operators and auditors. A participant's own is its token's.",
    };

    /// <summary>Why, for the record.</summary>
    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why, for the record: 1 to 280 characters.",
        Required = true,
    };

    public static Option<int> Limit()
    {
        var limit = new Option<int>("--limit")
        {
            Description = $"At most so many, newest first (50; at most {MostItems}).",
            DefaultValueFactory = _ => 50,
        };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    && count is >= 1 and <= MostItems))
            {
                result.AddError($"--limit must be a whole number, 1 to {MostItems}.");
            }
        });
        return limit;
    }

    private static bool TryInstant(ReadOnlySpan<char> text, out DateTimeOffset at)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return InstantText.TryParse(text, out at);
        }

        at = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        return true;
    }

    private static T Parsed<T>(ArgumentResult result, Try<T> parse, string rule)
    {
        // Arity is checked by the parser before: there is one token.
        if (!parse(result.Tokens[0].Value, out var value))
        {
            result.AddError(rule);
        }

        return value!; // an error above keeps the verb from being run
    }

    private delegate bool Try<T>(ReadOnlySpan<char> text, out T value);
}
