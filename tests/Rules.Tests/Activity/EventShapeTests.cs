using System.Text;
using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.Activity;

public class EventShapeTests
{
    private const string Uuid = "6e6e053d-b083-5fbb-bc7b-e15be191323d";
    private const string Other = "6386d53b-8a33-5081-915a-02473d4e95b9";
    private const string UuidMember = $"\"uuid\":\"{Uuid}\"";
    private const string EventMember = "\"event\":\"ClubCommentCreated\"";
    private const string IdMember = "\"distinct_id\":\"m4c81653f8c\"";
    private const string TimeMember = "\"timestamp\":\"2019-10-24T17:27:43.131Z\"";
    private const string PropertiesMember = "\"properties\":{\"source\":\"discord\",\"target\":\"2f9145a62cc5\"}";
    private const string Good = $"{{{UuidMember},{EventMember},{IdMember},{TimeMember},{PropertiesMember}}}";

    [Fact]
    public void An_event_as_PostHog_writes_it_is_read()
    {
        var read = Accepted(Good);
        Assert.Equal(
            new ActivityEvent(Guid.Parse(Uuid), "ClubCommentCreated", "m4c81653f8c", Parsed.Instant("2019-10-24T17:27:43.131Z")),
            read);
        Assert.Equal(TimeSpan.Zero, read.At.Offset);
        Assert.Equal("2019-W43", read.Week.ToString());
        Assert.Equal(Parsed.Day("2019-10-24"), read.Day);
    }

    [Theory]
    [InlineData(UuidMember, "\"uuid\":\"6E6E053D-B083-5FBB-BC7B-E15BE191323D\"")]
    [InlineData(EventMember, "\"event\":\"$pageview\"")]
    [InlineData(EventMember, "\"event\":\"Публикация\"")]
    [InlineData(IdMember, "\"distinct_id\":\"Анна \\ud83d\\ude00\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43Z\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27Z\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24 17:27:43.131+00\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43.131+0000\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24t17:27:43.131z\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43.131000000-00:00\"")]
    [InlineData(TimeMember, "\"timestamp\":\"2020-02-29T17:27:43Z\"")]
    [InlineData(TimeMember, "\"timestamp\":\"0001-01-01T00:00:00Z\"")]
    [InlineData(TimeMember, "\"timestamp\":\"9999-12-31T23:59:59.999999Z\"")]
    [InlineData(PropertiesMember, "\"properties\":null")]
    [InlineData(PropertiesMember, "\"properties\":{}")]
    [InlineData(PropertiesMember, "\"properties\":{\"days\":\"many\",\"level\":[],\"retracts\":7}")]
    [InlineData(PropertiesMember, "\"team_id\":7,\"person\":{\"a\":[1]}")]
    [InlineData("," + PropertiesMember, "")]
    public void What_is_close_to_the_edge_and_good_is_taken(string from, string to) =>
        Assert.Null(Refused(Good.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData(UuidMember + ",", "", "uuid")]
    [InlineData(UuidMember, "\"uuid\":null", "uuid")]
    [InlineData(UuidMember, "\"uuid\":7", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"6e6e053db0835fbbbc7be15be191323d\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"{6e6e053d-b083-5fbb-bc7b-e15be191323d}\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\" 6e6e053d-b083-5fbb-bc7b-e15be191323\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"+e6e053d-b083-5fbb-bc7b-e15be191323d\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"0xee053d-b083-5fbb-bc7b-e15be191323d\"", "uuid")]
    [InlineData(UuidMember, "\"uuid\":\"ge6e053d-b083-5fbb-bc7b-e15be191323d\"", "uuid")]
    [InlineData(UuidMember, UuidMember + "," + UuidMember, "uuid")]
    [InlineData(EventMember + ",", "", "event")]
    [InlineData(EventMember, "\"event\":null", "event")]
    [InlineData(EventMember, "\"event\":\"\"", "event")]
    [InlineData(EventMember, "\"event\":[\"a\"]", "event")]
    [InlineData(EventMember, "\"event\":\"a\\u0000\"", "event")]
    [InlineData(EventMember, "\"event\":\"a\\ud800\"", "event")]
    [InlineData(EventMember, EventMember + ",\"\\u0065vent\":\"Club\"", "event")]
    [InlineData(IdMember + ",", "", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":null", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":7", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"\"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\" \"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"\u3000\"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"a\\u0000b\"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"a\\nb\"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"a\\u202eb\"", "distinct_id")]
    [InlineData(IdMember, "\"distinct_id\":\"a\\udc00b\"", "distinct_id")]
    [InlineData(TimeMember + ",", "", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":null", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":1571938063", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43.131\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-02-30T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-02-29T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-13-01T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-00-01T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-01-00T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"0000-01-01T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T24:00:00Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:60:00Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T23:59:60Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43.Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43+24:00\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43+1\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43Z \"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"2019-10-24T17:27:43 Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"２019-10-24T17:27:43Z\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"Thu, 24 Oct 2019 17:27:43 GMT\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"0001-01-01T00:00:00+01:00\"", "timestamp")]
    [InlineData(TimeMember, "\"timestamp\":\"9999-12-31T23:59:59-01:00\"", "timestamp")]
    [InlineData(PropertiesMember, "\"properties\":[]", "properties")]
    [InlineData(PropertiesMember, "\"properties\":\"{}\"", "properties")]
    [InlineData(PropertiesMember, "\"properties\":{\"a\":1,\"a\":2}", "properties")]
    [InlineData(PropertiesMember, "\"properties\":{\"a\":{\"b\":1,\"\\u0062\":2}}", "properties")]
    [InlineData(PropertiesMember, "\"properties\":{\"\\ud800\":1}", "properties")]
    [InlineData(PropertiesMember, "\"properties\":{\"a\":\"\\ud800\"}", "properties")]
    [InlineData(PropertiesMember, "\"properties\":{\"a\":[{\"b\":\"x\\udc00\\ud800\"}]}", "properties")]
    [InlineData(PropertiesMember, "\"team_id\":7,\"team_id\":8", "$")]
    public void What_is_malformed_is_named_by_its_field(string from, string to, string field)
    {
        var objection = Refused(Good.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(field, objection?.Field);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"\"")]
    public void What_is_no_object_is_no_event(string json) => Assert.Equal("$", Refused(json)?.Field);

    [Fact]
    public void The_uuid_that_could_be_read_is_told_and_nothing_else_is_echoed()
    {
        var malformed = Assert.IsType<EventReading.Malformed>(
            Read(Good.Replace("m4c81653f8c", "secret\\u0000", StringComparison.Ordinal)));
        Assert.Equal(Guid.Parse(Uuid), malformed.Uuid);
        Assert.DoesNotContain("secret", malformed.ToString(), StringComparison.Ordinal);
        Assert.Null(Assert.IsType<EventReading.Malformed>(
            Read(Good.Replace(UuidMember, UuidMember + "," + UuidMember, StringComparison.Ordinal))).Uuid);
    }

    [Theory]
    [InlineData("event", "ClubCommentCreated", 100)]
    [InlineData("distinct_id", "m4c81653f8c", 200)]
    public void A_text_is_bounded(string field, string value, int most)
    {
        Assert.Null(Refused(Good.Replace(value, new string('я', most), StringComparison.Ordinal)));
        Assert.Equal(field, Refused(Good.Replace(value, new string('я', most + 1), StringComparison.Ordinal))?.Field);
        Assert.Equal(field, Refused(Good.Replace(value, new string('a', 10_000), StringComparison.Ordinal))?.Field);
    }

    [Fact]
    public void Properties_are_bounded_in_bytes()
    {
        const string Frame = """{"a":""}""";
        string Of(int bytes) => Good.Replace(
            PropertiesMember, $"\"properties\":{{\"a\":\"{new string('x', bytes - Frame.Length)}\"}}", StringComparison.Ordinal);
        Assert.Null(Refused(Of(EventShape.MaxPropertiesBytes)));
        Assert.Equal("properties", Refused(Of(EventShape.MaxPropertiesBytes + 1))?.Field);
    }

    [Fact]
    public void Properties_are_bounded_in_depth()
    {
        string Of(int depth) => Good.Replace(
            PropertiesMember,
            $"\"properties\":{{\"a\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}", StringComparison.Ordinal);
        Assert.Null(Refused(Of(EventShape.MaxPropertiesDepth)));
        Assert.Equal("properties", Refused(Of(EventShape.MaxPropertiesDepth + 1))?.Field);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes(Good.Replace("m4c81653f8c", "m\u00FFc", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(bytes);
        Assert.Equal("distinct_id",
            Assert.IsType<EventReading.Malformed>(EventShape.Read(document.RootElement)).Objection.Field);
    }

    [Theory]
    [InlineData("2025-12-22T00:00:00.0000009+00:00", "2025-12-22T00:00:00Z")]
    [InlineData("2025-12-21T23:59:59.9999999Z", "2025-12-21T23:59:59.999999Z")]
    [InlineData("2025-12-22T02:30:00+03:00", "2025-12-21T23:30:00Z")]
    [InlineData("2025-12-21T20:30:00-03:45", "2025-12-22T00:15:00Z")]
    [InlineData("2025-12-21T20:30:00.5Z", "2025-12-21T20:30:00.5Z")]
    public void A_timestamp_is_utc_cut_to_microseconds(string sent, string meant)
    {
        var read = Accepted(Good.Replace("2019-10-24T17:27:43.131Z", sent, StringComparison.Ordinal));
        Assert.Equal(Parsed.Instant(meant), read.At);
    }

    [Theory]
    [InlineData("60", null)]
    [InlineData("75", null)]
    [InlineData("90", null)]
    [InlineData("null", null)]
    [InlineData("59", "properties.days")]
    [InlineData("91", "properties.days")]
    [InlineData("0", "properties.days")]
    [InlineData("-60", "properties.days")]
    [InlineData("60.5", "properties.days")]
    [InlineData("\"60\"", "properties.days")]
    [InlineData("true", "properties.days")]
    [InlineData("99999999999", "properties.days")]
    public void A_milestone_may_say_60_to_90_whole_days(string days, string? field) =>
        Assert.Equal(field, Checked("ProjectMilestoneCompleted", $"{{\"days\":{days}}}")?.Field);

    [Theory]
    [InlineData("ProjectMilestoneCompleted", "{\"days\":75}", 75)]
    [InlineData("ProjectMilestoneCompleted", "{}", 60)]
    [InlineData("PeerReviewCompleted", "{\"days\":75}", 30)]
    [InlineData("PeerReviewCompleted", "{\"days\":\"no\"}", 30)]
    [InlineData("SectionCompleted", "{}", 0)]
    public void Only_a_milestone_has_a_say_in_its_vesting(string type, string properties, int days)
    {
        var read = Accepted(With(type, properties));
        Assert.Null(EventShape.Check(read, RuleBook.FromTheSource));
        Assert.Equal(days, EventShape.VestsDays(read, RuleBook.FromTheSource.Weighted(type)!));
    }

    [Theory]
    [InlineData("{\"level\":1}", null)]
    [InlineData("{\"level\":8}", null)]
    [InlineData("{\"level\":0}", "properties.level")]
    [InlineData("{\"level\":9}", "properties.level")]
    [InlineData("{\"level\":2.5}", "properties.level")]
    [InlineData("{\"level\":\"2\"}", "properties.level")]
    [InlineData("{\"level\":null}", "properties.level")]
    [InlineData("{}", "properties.level")]
    public void A_level_is_one_of_the_rule_books(string properties, string? field) =>
        Assert.Equal(field, Checked("QualificationChanged", properties)?.Field);

    [Theory]
    [InlineData("ClubPostCreatedRetracted", $"{{\"retracts\":\"{Other}\"}}", null)]
    [InlineData("ClubPostCreatedRetracted", $"{{\"retracts\":\"{Uuid}\"}}", "properties.retracts")]
    [InlineData("ClubPostCreatedRetracted", "{\"retracts\":\"post 7\"}", "properties.retracts")]
    [InlineData("ClubPostCreatedRetracted", "{\"retracts\":7}", "properties.retracts")]
    [InlineData("ClubPostCreatedRetracted", "{}", "properties.retracts")]
    [InlineData("PageViewRetracted", "{}", null)]
    [InlineData("Retracted", "{}", null)]
    [InlineData("ClubPostCreated", "{\"retracts\":7}", null)]
    public void A_retraction_of_a_weighted_type_names_another_event(string type, string properties, string? field) =>
        Assert.Equal(field, Checked(type, properties)?.Field);

    private static string With(string type, string properties) => Good
        .Replace("ClubCommentCreated", type, StringComparison.Ordinal)
        .Replace(PropertiesMember, $"\"properties\":{properties}", StringComparison.Ordinal);

    private static Objection? Checked(string type, string properties) =>
        EventShape.Check(Accepted(With(type, properties)), RuleBook.FromTheSource);

    private static EventReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return EventShape.Read(document.RootElement);
    }

    private static ActivityEvent Accepted(string json) => Assert.IsType<EventReading.Wellformed>(Read(json)).Event;

    private static Objection? Refused(string json) => (Read(json) as EventReading.Malformed)?.Objection;
}
