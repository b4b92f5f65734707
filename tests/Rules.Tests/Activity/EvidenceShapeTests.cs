using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.Activity;

/// <summary>What evidence and referrals must say, and which field is named where they do not.</summary>
public class EvidenceShapeTests
{
    private const string Uuid = "6e6e053d-b083-5fbb-bc7b-e15be191323d";
    private const string Other = "6386d53b-8a33-5081-915a-02473d4e95b9";
    private const string For = $"\"for\":\"{Other}\"";

    [Theory]
    [InlineData("PeerReviewWithdrawn", For, null)]
    [InlineData("PeerReviewWithdrawn", "", "properties.for")]
    [InlineData("PeerReviewWithdrawn", "\"for\":null", "properties.for")]
    [InlineData("PeerReviewWithdrawn", "\"for\":7", "properties.for")]
    [InlineData("PeerReviewWithdrawn", "\"for\":\"review 7\"", "properties.for")]
    [InlineData("PeerReviewWithdrawn", $"\"for\":\"{Uuid}\"", "properties.for")]
    [InlineData("PeerReviewWithdrawn", For + ",\"rating\":9", null)]
    [InlineData("ProjectValidated", For + ",\"approved\":true", null)]
    [InlineData("ProjectValidated", For + ",\"approved\":false", null)]
    [InlineData("ProjectValidated", For, "properties.approved")]
    [InlineData("ProjectValidated", For + ",\"approved\":null", "properties.approved")]
    [InlineData("ProjectValidated", For + ",\"approved\":\"true\"", "properties.approved")]
    [InlineData("ProjectValidated", For + ",\"approved\":1", "properties.approved")]
    [InlineData("ProjectValidated", "\"approved\":1", "properties.for")]
    [InlineData("MentoringRated", For + ",\"rating\":1", null)]
    [InlineData("MentoringRated", For + ",\"rating\":5", null)]
    [InlineData("MentoringRated", For + ",\"rating\":0", "properties.rating")]
    [InlineData("MentoringRated", For + ",\"rating\":6", "properties.rating")]
    [InlineData("MentoringRated", For + ",\"rating\":4.5", "properties.rating")]
    [InlineData("MentoringRated", For + ",\"rating\":\"4\"", "properties.rating")]
    [InlineData("MentoringRated", For, "properties.rating")]
    [InlineData("MentoringRatedRetracted", $"\"retracts\":\"{Other}\"", null)]
    [InlineData("MentoringRatedRetracted", "", "properties.retracts")]
    [InlineData("MentoringRatedRetracted", $"\"retracts\":\"{Uuid}\"", "properties.retracts")]
    [InlineData("ReferralActivated", "\"referred\":\"ann\"", null)]
    [InlineData("ReferralActivated", "\"referred\":null", null)]
    [InlineData("ReferralActivated", "", null)]
    [InlineData("ReferralActivated", "\"referred\":7", "properties.referred")]
    [InlineData("ReferralActivated", "\"referred\":\"\"", "properties.referred")]
    [InlineData("ReferralActivated", "\"referred\":\"a\\u0000\"", "properties.referred")]
    [InlineData("ClubPostCreated", "\"referred\":7,\"for\":7", null)]
    public void A_member_of_the_wrong_kind_or_range_is_named(string type, string members, string? field) =>
        Assert.Equal(field, EventShape.Check(Read(type, members), RuleBook.FromTheSource)?.Field);

    [Fact]
    public void What_evidence_says_is_read()
    {
        var rated = Read("MentoringRated", For + ",\"rating\":4");
        Assert.Equal((Guid.Parse(Other), 4), (rated.For, rated.Rating));
        Assert.True(Read("ProjectValidated", For + ",\"approved\":true").Approved);
        Assert.Equal("Анна", Read("ReferralActivated", "\"referred\":\"Анна\"").Referred);
    }

    [Fact]
    public void Of_other_events_nothing_is_read_that_they_have_no_use_for() => Assert.Equal(
        Read("ClubPostCreated", ""), Read("ClubPostCreated", For + ",\"rating\":4,\"approved\":true"));

    private static ActivityEvent Read(string type, string members)
    {
        using var document = JsonDocument.Parse(
            $$$"""{"uuid":"{{{Uuid}}}","event":"{{{type}}}","distinct_id":"bob","timestamp":"2025-12-18T12:00:00Z","properties":{{{{members}}}}}""");
        return Assert.IsType<EventReading.Wellformed>(EventShape.Read(document.RootElement)).Event;
    }
}
