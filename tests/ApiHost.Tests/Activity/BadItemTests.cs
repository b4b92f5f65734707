using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Activity;

/// <summary>One bad event never blocks its batch: what is JSON as a whole is answered item by item.</summary>
[Collection(ApiCollection.Name)]
public sealed class BadItemTests(ApiFixture fixture)
{
    public static TheoryData<string> Bad() =>
    [
        $$"""{"a":{{Lists(32)}}}""",
        $$"""{"a":{{Lists(400)}}}""",
        $$"""{"a":{{Lists(30_000)}}}""",
        $$"""{"a":{{string.Concat(Enumerable.Repeat("{\"a\":", 40))}}1{{new string('}', 40)}}}""",
        """{"a":"\ud800"}""",
        """{"a":["x","\udc00\ud800"]}""",
        """{"a":{"b":"\ud83dx"}}""",
        """{"\ud800":1}""",
        """{"a":{"\udfff":1}}""",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task It_is_rejected_by_name_and_the_others_count(string properties)
    {
        var answer = await Send($"[{Event("{}")},{Event(properties)},{Event(Lists(0, "a"))}]");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            ["counted", "rejected", "counted"],
            answer.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
        var rejected = answer.Json[1];
        Assert.Equal("properties", rejected.GetProperty("field").GetString());
        Assert.NotEmpty(rejected.GetProperty("rule").GetString()!);
        Assert.NotEqual(Guid.Empty, rejected.GetProperty("uuid").GetGuid());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Alone_it_is_a_problem(string properties) =>
        Assert.Equal(["properties"], (await Send(Event(properties))).Problem(422, "event-rejected"));

    // A bug that one participant's events meet each time they come.
    [Fact]
    public async Task A_fault_of_one_participants_share_is_that_shares_answer()
    {
        fixture.Host.Cluster.Participant("fault-ann").Deaths.Enqueue(new NotSupportedException("a bug"));

        var answer = await Send($"[{Of("fault-ann")},{Of("fault-bob")},{Of("fault-ann")}]");

        Assert.Equal(
            ["rejected", "counted", "rejected"],
            answer.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
        Assert.Equal("$", answer.Json[0].GetProperty("field").GetString());
        Assert.DoesNotContain("bug", answer.Text, StringComparison.Ordinal);
        fixture.Host.Cluster.Participant("fault-ann").Deaths.Enqueue(new NotSupportedException("a bug"));
        (await Send($"[{Of("fault-ann")}]")).Problem(500, "internal-error");

        static string Of(string participant) =>
            $$"""{"uuid":"{{Guid.NewGuid()}}","event":"ExerciseSave","distinct_id":"{{participant}}","timestamp":"2025-12-18T09:00:00Z"}""";
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(31)]
    public async Task Properties_are_nested_as_deep_as_their_own_limit_says(int lists)
    {
        var one = Event($$"""{"a":{{Lists(lists)}}}""");
        Assert.Equal(HttpStatusCode.OK, (await Send(one)).Status);
        Assert.Equal("counted", (await Send($"[{Event("{}")},{Event($$"""{"a":{{Lists(lists)}}}""")}]")).Json[1]
            .GetProperty("outcome").GetString());
    }

    // What two readers may see in two ways, or no reader at all, is the body's fault; so is what stands beside properties.
    [Theory]
    [InlineData("""{"a":1,"a":2}""", "")]
    [InlineData("""{"a":{"\ud800":1,"b":1,"b":2}}""", "")]
    [InlineData("{}", ""","extra":"\ud800" """)]
    [InlineData("{}", ""","\ud800":1""")]
    [InlineData("{}", ""","extra":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]""")]
    [InlineData("{}", ""","extra":{"properties":"\ud800"}""")]
    [InlineData("""{"a":"\ud800"}""", ""","extra":{"properties":{"a":"\ud800"}}""")]
    [InlineData("""{"a":"\ud800"}""", ""","properties":{}""")]
    [InlineData("""{"a":"\ud800"}""", ""","event":"Another" """)]
    [InlineData("""{"a":"\ud800}""", "")]
    public async Task A_body_that_cannot_be_read_as_one_is_refused_whole(string properties, string more)
    {
        (await Send(Event(properties, more))).Problem(400, "malformed-json");
        (await Send($"[{Event("{}")},{Event(properties, more)}]")).Problem(400, "malformed-json");
    }

    private static string Lists(int count) => new string('[', count) + new string(']', count);

    private static string Lists(int count, string name) => $$"""{"{{name}}":[{{Lists(count)}}]}""";

    private static string Event(string properties, string more = "") =>
        $$$"""{"uuid":"{{{Guid.NewGuid()}}}","event":"ExerciseSave","distinct_id":"item-ann","timestamp":"2025-12-18T09:00:00Z","properties":{{{properties}}}{{{more}}}}""";

    private Task<Answer> Send(string body) =>
        fixture.Host.Write("POST", "/events", fixture.Host.Keys.Token("ingest", "club"), body);
}
