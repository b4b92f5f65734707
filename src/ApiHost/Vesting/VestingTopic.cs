using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Vesting;

/// <summary>Frozen rewards. What the topic brings beside its endpoints.</summary>
internal static class VestingTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Vesting";

    private const string Grant = "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10.7";

    private static readonly GrantEventItem Event = new(Sample.Sent, null, null);

    public static Topic Topic => new(VestingJson.Default, new(Tag, "Frozen rewards: until when, and what decides about them."))
    {
        Problems = VestingProblems.All,
        Examples =
        [
            Sample.Page(new GrantItem(
                Grant, Sample.Week, "ProjectMilestoneCompleted", "rewards", 60, Amount.OfStk(750), new(2026, 2, 20), "waiting",
                "ProjectValidated", new(2026, 3, 22), [Event], Amount.Zero, Amount.Zero, null)),
            Sample.Page(new OwnedGrantItem(
                Grant, "ann", Sample.Week, "ProjectMilestoneCompleted", "rewards", 60, Amount.OfStk(750), new(2026, 2, 20),
                "waiting", "ProjectValidated", new(2026, 3, 22), [Event], Amount.Zero, Amount.Zero, null)),
            new OwnedGrantItem(
                Grant, "ann", Sample.Week, "ProjectMilestoneCompleted", "rewards", 60, Amount.OfStk(750), new(2026, 2, 20),
                "released", "ProjectValidated", new(2026, 3, 22), [new(Sample.Sent, "release", null)], Amount.OfStk(750),
                Amount.Zero, Sample.At),
            new VerdictBody("release", "The project is on the site; its author forgot to say so"),
        ],
    };
}
