using System.Net;
using System.Text;
using System.Text.Json;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Activity;

/// <summary>Events as lines.</summary>
[Collection(ApiCollection.Name)]
public sealed class EventLinesTests(ApiFixture fixture)
{
    [Fact]
    public async Task Each_line_is_answered_by_one_in_the_order_sent_and_blank_ones_by_none()
    {
        var answer = await Send($"{Event()}\n\n \t\r\n{Event(participant: "line-bob")}\r\n{Event()}\n");

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.Status, answer.Type));
        Assert.EndsWith("}\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["counted", "counted", "counted"], Outcomes(answer));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("no JSON")]
    [InlineData("""{"uuid":1,"uuid":1}""")]
    [InlineData("{} {}")]
    public async Task A_bad_line_in_the_middle_is_rejected_by_itself(string bad)
    {
        var answer = await Send($"{Event()}\n{bad}\n{Event()}");

        Assert.Equal(["counted", "rejected", "counted"], Outcomes(answer));
        var rejected = Lines(answer)[1];
        Assert.Equal(JsonValueKind.Null, rejected.GetProperty("uuid").ValueKind);
        Assert.Equal("line", rejected.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_rejected_and_the_longest_is_not()
    {
        var answer = await Send($"{Padded(65_537)}\n{Padded(65_536)}\n");

        Assert.Equal(["rejected", "counted"], Outcomes(answer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    public async Task A_body_whose_last_line_is_cut_stores_nothing(int bytes)
    {
        var last = Event(participant: "line-cut");

        (await Send($"{Event(participant: "line-cut")}\n{last[..^bytes]}")).Problem(400, "truncated-body");

        Assert.False(fixture.Host.Cluster.HasParticipant("line-cut"));
    }

    [Fact]
    public async Task A_body_cut_within_a_character_stores_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"event":"Ж""")[..^1];

        (await Send([.. Encoding.UTF8.GetBytes(Event(participant: "line-half") + "\n"), .. bytes]))
            .Problem(400, "truncated-body");

        Assert.False(fixture.Host.Cluster.HasParticipant("line-half"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\r\n")]
    public async Task A_body_without_a_line_has_no_event(string body) => (await Send(body)).Problem(400, "empty-batch");

    [Fact]
    public async Task So_many_lines_are_taken_and_one_more_is_not()
    {
        var many = string.Concat(Enumerable.Repeat("1\n", 50_000));

        Assert.Equal(50_000, Outcomes(await Send($"\n\n{many}")).Count(outcome => outcome == "rejected"));
        (await Send($"{many}1\n")).Problem(413, "batch-too-large");
    }

    [Fact]
    public async Task A_type_that_is_not_the_sources_is_rejected_by_its_line()
    {
        fixture.Host.Cluster.Source("line-types").Settings = """{"types":["ExerciseSave"],"mayRegister":true}""";

        var answer = await Send(Encoding.UTF8.GetBytes($"{Event(type: "ClubPostCreated")}\n"), "line-types");

        Assert.Equal("event", Lines(answer)[0].GetProperty("field").GetString());
    }

    private static string Event(string participant = "line-ann", string type = "ExerciseSave", string more = "") =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","event":"{{type}}","distinct_id":"{{participant}}","timestamp":"2025-12-18T09:00:00Z"{{more}}}""";

    private static string Padded(int bytes)
    {
        var plain = Event(more: ""","pad":"" """);
        return Event(more: $",\"pad\":\"{new string('x', bytes - plain.Length)}\" ");
    }

    private static List<JsonElement> Lines(Answer answer) =>
    [
        .. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static IEnumerable<string?> Outcomes(Answer answer) =>
        Lines(answer).Select(line => line.GetProperty("outcome").GetString());

    private Task<Answer> Send(string body) => Send(Encoding.UTF8.GetBytes(body));

    private Task<Answer> Send(byte[] body, string source = "club")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/x-ndjson");
        return fixture.Host.Send(
            HttpMethod.Post, $"{ApiHostUnderTest.Root}/events", fixture.Host.Keys.Token("ingest", source), content);
    }
}
