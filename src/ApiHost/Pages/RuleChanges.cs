using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Pages;

/// <summary>What differs between two rule books, said line by line.</summary>
internal static class RuleChanges
{
    public static IEnumerable<string> Between(RuleBook before, RuleBook after, PageWords words)
    {
        foreach (var rule in after.Activities)
        {
            if (before.Weighted(rule.Type) is not { } old)
            {
                yield return words.Say("rules.changed.new", [("type", words.Type(rule.Type))]);
                continue;
            }

            foreach (var (key, was, now) in new (string, string, string)[]
            {
                ("rules.changed.weight", words.Number(old.Weight), words.Number(rule.Weight)),
                ("rules.changed.limit", words.Number(old.DayLimit), words.Number(rule.DayLimit)),
                ("rules.changed.vests", Vests(old), Vests(rule)),
            })
            {
                if (was != now)
                {
                    yield return words.Say(key, [("type", words.Type(rule.Type)), ("before", was), ("after", now)]);
                }
            }
        }

        foreach (var rule in before.Activities.Where(rule => after.Weighted(rule.Type) is null))
        {
            yield return words.Say("rules.changed.gone", [("type", words.Type(rule.Type))]);
        }

        foreach (var (old, level) in before.Levels.Zip(after.Levels)
            .Where(pair => pair.First.Coefficient != pair.Second.Coefficient))
        {
            yield return words.Say("rules.changed.level", [
                ("level", words.Number(level.Number)), ("before", words.Coefficient(old.Coefficient.Hundredths)),
                ("after", words.Coefficient(level.Coefficient.Hundredths)),
            ]);
        }
    }

    private static string Vests(ActivityRule rule) =>
        rule.DaysMayVary ? $"{rule.VestsDays}–{rule.VestsDaysMax}" : $"{rule.VestsDays}";
}
