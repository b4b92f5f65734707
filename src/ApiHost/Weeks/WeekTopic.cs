using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Weeks;

/// <summary>Weekly runs. What the topic brings beside its endpoints.</summary>
internal static class WeekTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Weekly runs";

    public static Topic Topic => new(WeekJson.Default, new(Tag, "Watching and closing weeks, for operators."))
    {
        Problems = WeekProblems.All,
        Examples =
        [
            new WeekView(
                Sample.Week, "score", "report", 17, 64, Sample.At, 1, 40, Amount.OfStk(9_000), Amount.OfStk(9_000), Amount.Zero,
                null, null, Forced: false),
            new CloseBody("source is down"),
            new CorrectionBody("ann", Amount.OfStk(100), "Two exercises came after the seal: the site was down"),
            new CorrectionItem(Sample.Transaction, 17, Sample.At, Sample.Week, "ann", Amount.OfStk(100), 2),
        ],
    };
}
