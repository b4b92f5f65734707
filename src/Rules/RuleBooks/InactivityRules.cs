using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.Objections;

namespace Stk.Rules.RuleBooks;

/// <summary>What is taken from whoever has not been active for so long.</summary>
/// <param name="FromDays">The fewest days; up to those of the next rate. Unit: days.</param>
/// <param name="RateBp">Of what is available. Unit: basis points.</param>
public readonly record struct InactivityRate(int FromDays, int RateBp);

/// <summary>How somebody who comes back is given back what was taken.</summary>
/// <param name="ShareBp">Of the debit; 0: nothing is given back. Unit: basis points.</param>
/// <param name="Weeks">Weeks in a row with points that earn it, all of them after the debit. Unit: weeks.</param>
/// <param name="SpanWeeks">Within so many weeks from the debit's on. Unit: weeks.</param>
public readonly record struct RestorationRules(int ShareBp, int Weeks, int SpanWeeks);

/// <summary>
/// What the rule book says of redistribution from the inactive. A part of each version; <see cref="Default"/> where it is
/// silent.
/// </summary>
/// <param name="Rates">By days, ascending; none: nothing is ever taken.</param>
/// <param name="WarningDays">How long before the quarter's first day people are warned, descending. Unit: days.</param>
public sealed record InactivityRules(
    ImmutableArray<InactivityRate> Rates, ImmutableArray<int> WarningDays, RestorationRules Restoration)
{
    public const int MaxRates = 20;
    public const int MaxDays = 3_650;
    public const int MaxWarnings = 5;

    /// <summary>A quarter's warnings are given in the quarter before it, which has at least 90 days.</summary>
    public const int MaxWarningDays = 89;

    public const int MaxSpanWeeks = 520;

    /// <summary>
    /// Version 1's: the source's rates; from 365 days on, as its code has it, where its table says above 365.
    /// </summary>
    public static InactivityRules Default { get; } = new(
        [new(90, 500), new(180, 1_000), new(365, 1_500)], [30, 3], new(LargestRemainder.WholeBp, 4, 26));

    /// <param name="days">Since the last activity; below 0 where it lies after the quarter's first day.</param>
    /// <returns>0 where nothing is taken. Unit: basis points.</returns>
    public int RateBpOf(int days)
    {
        var rateBp = 0;
        foreach (var rate in Rates)
        {
            if (rate.FromDays <= days)
            {
                rateBp = rate.RateBp;
            }
        }

        return rateBp;
    }

    // A record compares lists by their place in memory.
    public bool Equals(InactivityRules? other) => other is not null && Rates.SequenceEqual(other.Rates)
        && WarningDays.SequenceEqual(other.WarningDays) && Restoration == other.Restoration;

    public override int GetHashCode() => HashCode.Combine(Rates.Length, WarningDays.Length, Restoration);

    /// <summary>Empty where the rules can be used; fields by the path of the document.</summary>
    public ImmutableArray<Objection> Check()
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        Within(objections, "rates", Rates.Length, 0, MaxRates, " entries");
        Within(objections, "warningDays", WarningDays.Length, 1, MaxWarnings, " entries");
        for (var i = 0; i < Rates.Length; i++)
        {
            Within(objections, Text($"rates[{i}].fromDays"), Rates[i].FromDays, 1, MaxDays);
            Within(objections, Text($"rates[{i}].rateBp"), Rates[i].RateBp, 0, LargestRemainder.WholeBp);
            if (i > 0 && Rates[i].FromDays <= Rates[i - 1].FromDays)
            {
                objections.Add(new(Text($"inactivity.rates[{i}].fromDays"), "must be more than that of the rate before"));
            }
        }

        for (var i = 0; i < WarningDays.Length; i++)
        {
            Within(objections, Text($"warningDays[{i}]"), WarningDays[i], 1, MaxWarningDays);
            if (i > 0 && WarningDays[i] >= WarningDays[i - 1])
            {
                objections.Add(new(Text($"inactivity.warningDays[{i}]"), "must be less than that of the warning before"));
            }
        }

        Within(objections, "restoration.shareBp", Restoration.ShareBp, 0, LargestRemainder.WholeBp);
        Within(objections, "restoration.weeks", Restoration.Weeks, 1, MaxSpanWeeks);
        if (Restoration.SpanWeeks < Restoration.Weeks || Restoration.SpanWeeks > MaxSpanWeeks)
        {
            objections.Add(new("inactivity.restoration.spanWeeks", $"must be weeks to {MaxSpanWeeks}"));
        }

        return objections.ToImmutable();
    }

    private static void Within(
        ImmutableArray<Objection>.Builder objections, string path, int value, int least, int most, string unit = "")
    {
        if (value < least || value > most)
        {
            objections.Add(new($"inactivity.{path}", Text($"must be {least} to {most}{unit}")));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
