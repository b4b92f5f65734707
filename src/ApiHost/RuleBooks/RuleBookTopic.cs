using Stk.ApiHost.OpenApi;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.RuleBooks;

/// <summary>The rule book and its versions. What the topic brings beside its endpoints.</summary>
internal static class RuleBookTopic
{
    private static RuleBookVersionView Example => new(
        1, Sample.Week, Sample.At, "olga", "oleg", null,
        Sample.Json("""{"version":1,"activities":[],"levels":[],"consistency":[],"emission":{}}"""));

    private static PublicRulesVersion PublicExample =>
        new(Example.Version, Example.EffectiveFrom, Example.AnnouncedAt, Example.Document);

    public static Topic Topic => new(RuleBooksJson.Default, SharedTags.Operation)
    {
        Problems = RuleBookProblems.All,
        Examples =
        [
            new RuleBooksView([Example]),
            Example,
            new PublicRulesView([PublicExample]),
            PublicExample,
            new RuleBookBody(
                WeekId.OfNumber(202602), Sample.Json("""{"activities":[],"levels":[],"consistency":[],"emission":{}}""")),
        ],
    };
}
