using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.RuleBooks;

public class ControlEventTests
{
    [Theory]
    [InlineData("QualificationChanged", true)]
    [InlineData("ClubPostCreatedRetracted", true)]
    [InlineData("clubPostCreatedRetracted", false)]
    [InlineData("PageViewRetracted", false)]
    [InlineData("ClubPostCreated", false)]
    [InlineData("PeerReviewWithdrawn", true)]
    [InlineData("ProjectValidated", true)]
    [InlineData("MentoringRated", true)]
    [InlineData("MentoringRatedRetracted", true)]
    [InlineData("MentoringRatedRetractedRetracted", false)]
    [InlineData("referred", false)]
    [InlineData("referredRetracted", false)]
    public void Control_events_are_levels_evidence_and_retractions_of_evidence_and_weighted_types(
        string type, bool isControl) =>
        Assert.Equal(isControl, ControlEvents.IsControl(type, RuleBook.FromTheSource));
}
