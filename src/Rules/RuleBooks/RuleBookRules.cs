using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.Objections;
using Stk.Rules.Texts;

namespace Stk.Rules.RuleBooks;

/// <summary>What makes a rule book usable. Every objection is listed, so that an operator mends all at once.</summary>
public static class RuleBookRules
{
    public const int MaxWeight = 1_000_000;
    public const int MaxDayLimit = 1_000;
    public const int MaxVestsDays = 3_650;
    public const int MaxTypeCharacters = 100;
    public const int MaxActivities = 500;
    public const int MaxLevels = 100;
    public const int MaxConsistency = 520;

    /// <summary>What a participant can at most earn in a week under any rule book: a first year's emission.</summary>
    public static readonly Amount MaxWeeklyReward = Amount.OfStk(1_000_000_000);

    /// <summary>Empty where the rule book can be used. In the order of the document.</summary>
    public static ImmutableArray<Objection> Check(
        int version,
        ImmutableArray<ActivityRule> activities,
        ImmutableArray<Level> levels,
        ImmutableArray<Coefficient> consistency,
        ImmutableArray<int> emissionSharesBp)
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        Within(objections, "version", version, 1, int.MaxValue);
        Within(objections, "activities", activities.Length, 1, MaxActivities, "entries");
        Within(objections, "levels", levels.Length, 1, MaxLevels, "entries");
        Within(objections, "consistency", consistency.Length, 1, MaxConsistency, "entries");

        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < activities.Length; i++)
        {
            CheckActivity(objections, Path("activities", i), activities[i], types);
        }

        for (var i = 0; i < levels.Length; i++)
        {
            var path = Path("levels", i);
            if (levels[i].Number != i + 1)
            {
                objections.Add(new($"{path}.level", "levels count from 1 without a gap, in order"));
            }

            if (WrittenText.Broken(levels[i].Name, MaxTypeCharacters) is { } rule)
            {
                objections.Add(new($"{path}.name", rule));
            }

            CheckCoefficient(objections, $"{path}.coefficient", levels[i].Coefficient);
        }

        for (var i = 0; i < consistency.Length; i++)
        {
            CheckCoefficient(objections, Path("consistency", i), consistency[i]);
        }

        CheckShares(objections, emissionSharesBp);
        if (objections.Count == 0)
        {
            CheckMost(objections, activities, levels, consistency);
        }

        return objections.ToImmutable();
    }

    private static void CheckActivity(
        ImmutableArray<Objection>.Builder objections, string path, ActivityRule rule, HashSet<string> types)
    {
        if (PlainText.Broken(rule.Type, MaxTypeCharacters) is { } broken)
        {
            objections.Add(new($"{path}.type", broken));
        }
        else if (ControlEvents.IsReserved(rule.Type))
        {
            objections.Add(new($"{path}.type", "must not be a control event's name, nor end in Retracted"));
        }
        else if (!types.Add(rule.Type))
        {
            objections.Add(new($"{path}.type", "must not stand twice"));
        }

        Within(objections, $"{path}.weight", rule.Weight, 0, MaxWeight);
        Within(objections, $"{path}.dayLimit", rule.DayLimit, 1, MaxDayLimit);
        Within(objections, $"{path}.vestsDays", rule.VestsDays, 0, MaxVestsDays);
        if (rule.VestsDaysMax < rule.VestsDays || rule.VestsDaysMax > MaxVestsDays)
        {
            objections.Add(new($"{path}.vestsDaysMax", Between("vestsDays", MaxVestsDays)));
        }

        if (!Enum.IsDefined(rule.Origin))
        {
            objections.Add(new($"{path}.origin", "must be source or ours"));
        }
    }

    private static void CheckCoefficient(
        ImmutableArray<Objection>.Builder objections, string path, Coefficient coefficient)
    {
        if (coefficient.Hundredths is < Coefficient.MinHundredths or > Coefficient.MaxHundredths)
        {
            objections.Add(new(path, "must be 0.01 to 100, with at most 2 decimals"));
        }
    }

    private static void CheckShares(ImmutableArray<Objection>.Builder objections, ImmutableArray<int> sharesBp)
    {
        if (sharesBp.Length != Funds.All.Length)
        {
            objections.Add(new("emission", "must name each fund once"));
            return;
        }

        var sum = 0L;
        for (var i = 0; i < sharesBp.Length; i++)
        {
            Within(objections, $"emission.{Funds.All[i].WireName()}", sharesBp[i], 0, LargestRemainder.WholeBp);
            sum += sharesBp[i];
        }

        if (sum != LargestRemainder.WholeBp)
        {
            objections.Add(new("emission", "shares must sum to 10000 basis points", ObjectionCode.SplitNotWhole));
        }
    }

    // Each number is within its bounds and together they could still overflow a week's total: a week that cannot be
    // scored would block all that follow.
    private static void CheckMost(
        ImmutableArray<Objection>.Builder objections,
        ImmutableArray<ActivityRule> activities,
        ImmutableArray<Level> levels,
        ImmutableArray<Coefficient> consistency)
    {
        var pointsADay = activities.Sum(rule => (long)rule.Weight * rule.DayLimit);
        var mostMicro = (Int128)pointsADay * 7 * levels.Max(level => level.Coefficient.Hundredths)
            * consistency.Max(coefficient => coefficient.Hundredths) * (Amount.MicroPerStk / 10_000);
        if (mostMicro > MaxWeeklyReward.Micro)
        {
            objections.Add(new("activities", $"all limits reached must not earn more than {MaxWeeklyReward} STK a week"));
        }
    }

    private static void Within(
        ImmutableArray<Objection>.Builder objections, string path, int value, int least, int most, string? unit = null)
    {
        if (value < least || value > most)
        {
            var range = Between(least.ToString(CultureInfo.InvariantCulture), most);
            objections.Add(new(path, unit is null ? range : $"{range} {unit}"));
        }
    }

    private static string Between(string least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"must be {least} to {most}");

    private static string Path(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
