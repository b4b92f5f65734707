using System.Text;
using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using Stk.Sources.Tests.Samples;

namespace Stk.Sources.Tests.PostHog;

public sealed class PostHogTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 3, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_array_may_hold_bare_events_and_events_with_their_person()
    {
        var bare = SampleCases.Named("posthog-bare").GetProperty("body").GetString();
        var whole = SampleCases.Named("posthog-default-body").GetProperty("body").GetString();

        var read = Webhook($"[{bare}, {whole}, 7]");

        Assert.False(read.IsSingle);
        Assert.Equal(
            ["0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1"],
            read.Items.OfType<ForeignItem.Wellformed>().Select(item => $"{item.Event.Activity.Uuid}"));
        Assert.Equal("$", Assert.IsType<ForeignItem.Rejected>(read.Items[2]).Objection.Field);
    }

    [Fact]
    public void Who_says_that_two_are_one_makes_a_proposal_and_no_event()
    {
        var read = Webhook(SampleCases.Named("posthog-identify").GetProperty("body").GetString()!);

        Assert.Equal(new ForeignItem.Proposal("u-11", "0197a3c0-aaaa"), Assert.Single(read.Items));
    }

    [Theory]
    [InlineData("\"uuid\": \"x\"", "uuid")]
    [InlineData("\"event\": 7", "event")]
    [InlineData("\"event\": \"section_completed\\ud800\"", "event")]
    [InlineData("\"distinct_id\": 7", "distinct_id")]
    [InlineData("\"distinct_id\": \"\"", "distinct_id")]
    [InlineData("\"distinct_id\": \"\\ud800\"", "distinct_id")]
    [InlineData("\"timestamp\": \"2026-03-02 10:20:30\"", "timestamp")]
    [InlineData("\"timestamp\": 7", "timestamp")]
    [InlineData("\"properties\": []", "properties")]
    [InlineData("\"properties\": \"no JSON\"", "properties")]
    [InlineData("\"properties\": \"[]\"", "properties")]
    [InlineData("\"properties\": {\"a\": 1, \"a\": 2}", "properties")]
    [InlineData("\"properties\": {\"a\": \"\\udc00\"}", "properties")]
    [InlineData("\"properties\": \"{\\\"a\\\": \\\"\\\\ud800\\\"}\"", "properties")]
    public void What_is_wrong_with_an_event_is_its_own_fault_and_is_named(string member, string field)
    {
        var members = new Dictionary<string, string>
        {
            ["uuid"] = "\"uuid\": \"0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2\"",
            ["event"] = "\"event\": \"section_completed\"",
            ["distinct_id"] = "\"distinct_id\": \"u-11\"",
            ["timestamp"] = "\"timestamp\": \"2026-03-02T10:20:30Z\"",
            ["properties"] = "\"properties\": {}",
        };
        var good = $"{{{string.Join(", ", members.Values)}}}";
        members[field] = member;

        var read = Webhook($"[{{{string.Join(", ", members.Values)}}}, {good}]");

        Assert.Equal(field, Assert.IsType<ForeignItem.Rejected>(read.Items[0]).Objection.Field);
        Assert.IsType<ForeignItem.Wellformed>(read.Items[1]);
    }

    [Fact]
    public void A_name_that_stands_twice_in_an_event_is_refused()
    {
        var body = """{"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "a", "event": "b"}""";

        Assert.IsType<ForeignItem.Rejected>(Assert.Single(Webhook(body).Items));
    }

    [Theory, InlineData("", true), InlineData("[]", true), InlineData("NaN", true), InlineData("7", true), InlineData("{", true)]
    [InlineData("{\"event\": NaN}", true), InlineData("{}", false), InlineData("{\"event\": null}", false)]
    public void A_body_that_is_none_has_a_verdict(string body, bool isUnreadable) =>
        Assert.Equal(
            isUnreadable,
            PostHogEvents.ReadWebhook(Encoding.UTF8.GetBytes(body), Settings.PostHog) is ForeignBody.Unreadable);

    [Fact]
    public void What_posthogs_library_sends_beside_gives_nothing_and_other_types_are_refused()
    {
        Assert.IsType<ForeignItem.Nothing>(Assert.Single(Webhook("""{"event": "$autocapture"}""").Items));
        Assert.IsType<ForeignItem.NotAllowed>(Assert.Single(Webhook("""{"event": "something"}""").Items));
    }

    [Fact]
    public void The_ids_of_a_namespace_carry_its_name()
    {
        var settings = Settings.Of(new() { Kind = "posthog", Namespace = "ph" });
        var body = Encoding.UTF8.GetBytes(SampleCases.Named("posthog-bare").GetProperty("body").GetString()!);

        var read = Assert.IsType<ForeignBody.Read>(PostHogEvents.ReadWebhook(body, settings));

        var made = Assert.IsType<ForeignItem.Wellformed>(Assert.Single(read.Items)).Event;
        Assert.Equal(("ph:u-11", "ph", "u-11", "section_completed"),
            (made.Activity.DistinctId, made.Namespace, made.Id, made.Activity.Type));

        var empty = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"u-11\"", "\"\"", StringComparison.Ordinal));
        read = Assert.IsType<ForeignBody.Read>(PostHogEvents.ReadWebhook(empty, settings));
        Assert.Equal("distinct_id", Assert.IsType<ForeignItem.Rejected>(Assert.Single(read.Items)).Objection.Field);
    }

    [Fact]
    public void An_exports_lines_are_read_in_both_forms_of_time_and_of_properties()
    {
        var lines = Encoding.UTF8.GetString(SampleCases.Bytes("posthog-export.jsonl")).Split('\n');

        var read = lines.Select(Line).OfType<ForeignItem.Wellformed>().Select(item => item.Event).ToList();

        Assert.Equal(
            [From.AddMilliseconds(500), From.AddMilliseconds(1_500), From.AddMilliseconds(2_500)],
            read.Select(made => made.Activity.At));
        Assert.All(read, made => Assert.Equal(("SectionCompleted", "u-11"), (made.Activity.Type, made.Activity.DistinctId)));
        Assert.Null(Line(" \r"));
        Assert.IsType<ForeignItem.Rejected>(Line(lines[0][..^1]));
    }

    [Theory]
    [InlineData("2026-03-03 08:00:00", 0)]
    [InlineData("2026-03-03 08:00:00.5", 500)]
    [InlineData("2026-03-03 08:00:00.500000", 500)]
    [InlineData("2026-03-03 10:00:00.5+02:00", 500)]
    [InlineData("2026-03-03T08:00:00.5Z", 500)]
    [InlineData("2026-03-03T08:00:00", null)]
    [InlineData("2026-03-03", null)]
    [InlineData("2026-03-03 08:00", null)]
    [InlineData("2026-03-03 08:00:00.", null)]
    [InlineData("2026-03-03 24:00:00", null)]
    public void A_time_of_an_export_has_an_offset_or_is_in_utc(string text, int? millis)
    {
        var line = Line(
            $$"""{"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "section_completed", "distinct_id": "u", "timestamp": "{{text}}"}""");

        Assert.Equal(
            millis is { } after ? From.AddMilliseconds(after) : null,
            (line as ForeignItem.Wellformed)?.Event.Activity.At);
    }

    [Fact]
    public void Properties_as_text_mean_what_properties_mean()
    {
        var settings = Settings.Of(new() { Kind = "posthog" });
        var line = """
            {"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "ProjectMilestoneCompleted", "distinct_id": "u",
             "timestamp": "2026-03-03T08:00:00Z", "properties": "{\"days\": 75}"}
            """;

        var read = PostHogEvents.ReadExportLine(Encoding.UTF8.GetBytes(line), settings);

        Assert.Equal(75, Assert.IsType<ForeignItem.Wellformed>(read).Event.Activity.Days);
    }

    [Fact]
    public void A_page_of_the_query_api_is_read()
    {
        var page = Assert.IsType<PostHogPage.Read>(
            PostHogQuery.Read(SampleCases.Bytes("posthog-query-response.json"), Settings.PostHog, after: null));

        var made = Assert.IsType<ForeignItem.Wellformed>(Assert.Single(page.Items)).Event;
        Assert.Equal(new PostHogPlace(made.Activity.At, made.Activity.Uuid), page.Last);
        Assert.False(page.HasMore);
    }

    [Fact]
    public void Columns_may_come_in_any_order_and_properties_as_an_object()
    {
        var page = Assert.IsType<PostHogPage.Read>(Page("""
            {"columns": ["properties", "x", "timestamp", "event", "uuid", "distinct_id"], "hasMore": true, "results": [
              [{"a": 1}, null, "2026-03-03 08:00:00.5", "$pageview", "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "u-1"],
              [{"a": 1}, null, "2026-03-03T08:00:01Z", "$pageview", "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1", ""]]}
            """));

        Assert.Equal("PageView", Assert.IsType<ForeignItem.Wellformed>(page.Items[0]).Event.Activity.Type);
        Assert.Equal("distinct_id", Assert.IsType<ForeignItem.Rejected>(page.Items[1]).Objection.Field);
        Assert.True(page.HasMore);
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp"], "results": []}""")]
    [InlineData("""{"columns": ["uuid", "uuid", "event", "distinct_id", "timestamp", "properties"], "results": []}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"]}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": {}}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": [], "hasMore": "yes"}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": [], "hasMore": true}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": [[]]}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": [["x", "e", "d", "2026-03-03T08:00:00Z", {}]]}""")]
    [InlineData("""{"columns": ["uuid", "event", "distinct_id", "timestamp", "properties"], "results": [], "results": []}""")]
    public void A_page_that_is_none_moves_nothing(string body) => Assert.IsType<PostHogPage.Unreadable>(Page(body));

    [Fact]
    public void The_same_page_for_ever_is_no_page()
    {
        var bytes = SampleCases.Bytes("posthog-query-response.json");
        var first = Assert.IsType<PostHogPage.Read>(PostHogQuery.Read(bytes, Settings.PostHog, after: null));

        Assert.IsType<PostHogPage.Unreadable>(PostHogQuery.Read(bytes, Settings.PostHog, first.Last));
        Assert.IsType<PostHogPage.Unreadable>(PostHogQuery.Read(
            bytes, Settings.PostHog, new PostHogPlace(From.AddDays(1), Guid.Empty)));
    }

    [Fact]
    public void A_question_goes_on_by_place_and_quotes_names()
    {
        var place = new PostHogPlace(From.AddMilliseconds(1_500), new("0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1"));

        using var body = JsonDocument.Parse(PostHogQuery.Write(From, From.AddHours(1), ["b", "a') or ('\\"], place));

        var query = body.RootElement.GetProperty("query");
        Assert.Equal("HogQLQuery", query.GetProperty("kind").GetString());
        Assert.Equal(
            "select uuid, event, distinct_id, timestamp, properties from events "
            + "where timestamp >= toDateTime64('2026-03-03 08:00:00.000000', 6, 'UTC') "
            + "and timestamp < toDateTime64('2026-03-03 09:00:00.000000', 6, 'UTC') "
            + @"and event in ('a\') or (\'\\', 'b') "
            + "and (timestamp, uuid) > (toDateTime64('2026-03-03 08:00:01.500000', 6, 'UTC'), "
            + "toUUID('0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1')) order by timestamp, uuid limit 5000",
            query.GetProperty("query").GetString());
    }

    [Fact]
    public void Deep_properties_are_one_events_fault()
    {
        var deep = new string('[', 40) + new string(']', 40);
        var read = Webhook(
            $$$"""
            [{"uuid": "0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a2", "event": "section_completed", "distinct_id": "u-11",
              "timestamp": "2026-03-02T10:20:30Z", "properties": {"a": {{{deep}}}}}]
            """);

        var rejected = Assert.IsType<ForeignItem.Rejected>(Assert.Single(read.Items));
        Assert.Equal("properties", rejected.Objection.Field);
        Assert.Contains($"{EventShape.MaxPropertiesDepth}", rejected.Objection.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"uuid":"1","timestamp":"2026-03-03 08:00:01.500000","properties":"{}","team":7}""",
        """{"uuid":"1","timestamp":"2026-03-03T08:00:01.5000000Z","properties":"{}","team":7}""")]
    [InlineData("""{"timestamp":"2026-03-03T08:00:01Z"}""", """{"timestamp":"2026-03-03T08:00:01Z"}""")]
    [InlineData("""{"timestamp":5}""", """{"timestamp":5}""")]
    [InlineData("[1", "[1")]
    public void A_line_that_is_kept_can_be_read_again_as_a_delivery(string line, string kept) =>
        Assert.Equal(kept, PostHogEvents.ExportText(Encoding.UTF8.GetBytes(line)));

    private static ForeignBody.Read Webhook(string body) =>
        Assert.IsType<ForeignBody.Read>(PostHogEvents.ReadWebhook(Encoding.UTF8.GetBytes(body), Settings.PostHog));

    private static ForeignItem? Line(string line) =>
        PostHogEvents.ReadExportLine(Encoding.UTF8.GetBytes(line), Settings.PostHog);

    private static PostHogPage Page(string body) =>
        PostHogQuery.Read(Encoding.UTF8.GetBytes(body), Settings.PostHog, after: null);
}
