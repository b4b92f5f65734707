using System.Text;
using System.Text.RegularExpressions;
using Stk.Rules.RuleBooks;
using Stk.Sources.Aisystant;
using Stk.Sources.Reading;
using Stk.Sources.Tests.Samples;

namespace Stk.Sources.Tests.Aisystant;

public sealed partial class PlatformTests
{
    private const string Event = """
        {"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "PeerReviewCompleted", "participant": "u-11",
         "timestamp": "2026-03-02T10:20:30Z", "properties": {"peer": "u-12", "object": "e-7"}}
        """;

    private const string Profile = """
        {"id": "u-11", "level": 3, "levelSince": "2026-03-01T00:00:00Z", "paid": {"active": true, "until": "2026-12-31"},
         "kind": "staff", "weeksInRow": 4, "name": "Anna", "updatedAt": "2026-03-02T00:00:00Z",
         "identities": [{"system": "discourse", "id": "11", "verified": true}, {"system": "posthog", "id": "a"}]}
        """;

    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_page_of_events_is_read()
    {
        var page = Assert.IsType<PlatformPage.Events>(Events(
            $$"""{"items": [{{Event}}, {}], "next": "c2", "completeTo": "2026-03-02T00:00:00Z"}""", cursor: "c1"));

        var made = Assert.IsType<ForeignItem.Wellformed>(page.Items[0]).Event;
        Assert.Equal(("PeerReviewCompleted", "u-11", "u-12", "e-7"),
            (made.Activity.Type, made.Activity.DistinctId, made.Peer, made.ObjectId));
        Assert.IsType<ForeignItem.Rejected>(page.Items[1]);
        Assert.Equal(("c2", March.AddDays(1)), (page.Next, page.CompleteTo));
    }

    [Fact]
    public void A_webhook_is_an_event_or_an_array_of_them()
    {
        Assert.True(Webhook(Event).IsSingle);
        Assert.Equal(2, Webhook($"[{Event}, {Event}]").Items.Length);
        Assert.IsType<ForeignBody.Unreadable>(PlatformReading.ReadWebhook("[]"u8.ToArray(), Settings.Platform));
        Assert.Equal("participant", Assert.IsType<ForeignItem.Rejected>(
            Assert.Single(Webhook(Event.Replace("\"u-11\"", "11", StringComparison.Ordinal)).Items)).Objection.Field);
    }

    [Fact]
    public void Every_type_of_the_contract_is_read()
    {
        var contract = Encoding.UTF8.GetString(SampleCases.Bytes("aisystant.openapi.yaml"));
        var types = EnumOfTypes().Match(contract).Groups[1].Value.Split(", ");

        Assert.Equal(14, types.Length);
        Assert.All(types, type => Assert.IsType<ForeignItem.Wellformed>(
            Assert.Single(Webhook(Event.Replace("PeerReviewCompleted", type, StringComparison.Ordinal)).Items)));
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("""{"items": [], "next": null}""")]
    [InlineData("""{"items": [], "next": null, "completeTo": "2026-03-02"}""")]
    [InlineData("""{"items": [], "completeTo": "2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"items": {}, "next": null, "completeTo": "2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"items": [], "next": "", "completeTo": "2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"items": [], "next": "c1", "completeTo": "2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"items": [], "items": [], "next": null, "completeTo": "2026-03-02T00:00:00Z"}""")]
    public void A_page_of_events_that_is_none_moves_nothing(string body) =>
        Assert.IsType<PlatformPage.Unreadable>(Events(body, cursor: "c1"));

    [Fact]
    public void A_profile_is_read()
    {
        var page = Assert.IsType<PlatformPage.Profiles>(Profiles($$"""{"items": [{{Profile}}], "next": null}"""));

        var profile = Assert.Single(page.Items);
        Assert.Equal(("u-11", 3, March, true, new DateOnly(2026, 12, 31), "Anna", 4, PlatformKind.Staff, false),
            (profile.Id, profile.Level, profile.LevelSince, profile.IsPaid, profile.PaidUntil, profile.Name,
            profile.WeeksInRow, profile.Kind, profile.IsErased));
        Assert.Equal(
            new PlatformIdentity[] { new("discourse", "11", true), new("posthog", "a", false) }, profile.Identities.ToArray());
        Assert.Null(page.Next);
        Assert.NotNull(PlatformReading.ReadProfile(Encoding.UTF8.GetBytes(Profile), "u-11", out _));
        Assert.Null(PlatformReading.ReadProfile(Encoding.UTF8.GetBytes(Profile), "u-12", out var other));
        Assert.Equal("id", other.Field);
    }

    [Theory]
    [InlineData("\"u-11\"", "\"\"", "id")]
    [InlineData("\"level\": 3", "\"level\": 9", "level")]
    [InlineData("\"level\": 3", "\"level\": 3.5", "level")]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01", "level")]
    [InlineData("\"active\": true", "\"active\": 1", "paid")]
    [InlineData("2026-12-31", "2026-12-32", "paid")]
    [InlineData("\"discourse\"", "\"club\"", "identities")]
    [InlineData("\"verified\": true", "\"verified\": \"yes\"", "identities")]
    [InlineData("\"staff\"", "\"robot\"", "kind")]
    [InlineData("\"weeksInRow\": 4", "\"weeksInRow\": -1", "kind")]
    public void A_profile_that_is_not_of_the_contract_stops_the_page(string good, string bad, string field)
    {
        var body = $$"""{"items": [{{Profile.Replace(good, bad, StringComparison.Ordinal)}}], "next": null}""";

        Assert.Equal(field, Assert.IsType<PlatformPage.Unreadable>(Profiles(body)).Objection.Field);
    }

    [Fact]
    public void A_level_is_given_once_and_a_correction_of_the_past_stands_after_what_it_corrects()
    {
        var first = LevelMirror.After(null, Said(3, since: 0, updated: 1), "platform", "", out var given);
        Assert.Equal((ControlEvents.QualificationChanged, 3, March),
            (given!.Activity.Type, given.Activity.Level, given.Activity.At));

        var again = LevelMirror.After(first, Said(3, since: 0, updated: 2), "platform", "", out var nothing);
        Assert.Null(nothing);

        Assert.Same(again, LevelMirror.After(again, Said(2, since: 0, updated: 1), "platform", "", out var old));
        Assert.Null(old);

        var corrected = LevelMirror.After(again, Said(2, since: 0, updated: 3), "platform", "", out var correction);
        Assert.Equal((2, March.AddMicroseconds(1)), (correction!.Activity.Level, correction.Activity.At));

        LevelMirror.After(corrected, Said(4, since: 5, updated: 6), "platform", "", out var next);
        Assert.Equal((4, March.AddDays(5)), (next!.Activity.Level, next.Activity.At));
        Assert.Equal(3, new HashSet<Guid> { given.Activity.Uuid, correction.Activity.Uuid, next.Activity.Uuid }.Count);
    }

    private static PlatformProfile Said(int level, int since, int updated) =>
        new("u-11", level, March.AddDays(since), true, null, [], March.AddDays(updated));

    private static ForeignBody.Read Webhook(string body) => Assert.IsType<ForeignBody.Read>(
        PlatformReading.ReadWebhook(Encoding.UTF8.GetBytes(body), Settings.Platform));

    private static PlatformPage Events(string body, string? cursor) =>
        PlatformReading.ReadEvents(Encoding.UTF8.GetBytes(body), Settings.Platform, cursor);

    private static PlatformPage Profiles(string body) =>
        PlatformReading.ReadProfiles(Encoding.UTF8.GetBytes(body), cursor: null);

    [GeneratedRegex(@"enum: \[(ExerciseSave, [^\]]*)\]")]
    private static partial Regex EnumOfTypes();
}
