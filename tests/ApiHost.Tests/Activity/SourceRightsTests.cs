using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Activity;

/// <summary>What a source may send, by its settings.</summary>
[Collection(ApiCollection.Name)]
public sealed class SourceRightsTests(ApiFixture fixture)
{
    private const string Exercises = """{"types":["ExerciseSave"],"mayRegister":true}""";

    [Fact]
    public async Task A_source_that_no_operator_has_made_may_send_nothing()
    {
        fixture.Host.Cluster.Source("right-nobody").IsUnknown = true;

        (await Send("right-nobody", Event())).Problem(403, "source-unknown");
        (await Send("right-nobody", "{")).Problem(403, "source-unknown");
    }

    [Fact]
    public async Task A_paused_source_is_told_so()
    {
        fixture.Host.Cluster.Source("right-paused").Settings = """{"active":false}""";

        (await Send("right-paused", Event())).Problem(403, "source-paused");
    }

    [Fact]
    public async Task A_type_that_is_not_its_own_is_refused_alone_and_rejected_among_others()
    {
        fixture.Host.Cluster.Source("right-types").Settings = Exercises;

        var alone = await Send("right-types", Event("ClubPostCreated", "right-not"));
        var among = await Send(
            "right-types", $"[{Event("ClubPostCreated", "right-not")},{Event()},{Event("ExerciseSaveRetracted")}]");

        Assert.Equal(["event"], alone.Problem(403, "event-type-not-allowed"));
        Assert.Equal(
            ["rejected", "counted", "rejected"],
            among.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
        Assert.Equal("event", among.Json[0].GetProperty("field").GetString());
        // A retraction without a target is malformed, and the type is its own.
        Assert.Equal("properties.retracts", among.Json[2].GetProperty("field").GetString());
        Assert.False(fixture.Host.Cluster.HasParticipant("right-not"));
    }

    [Fact]
    public async Task What_is_malformed_is_said_to_be_so_whatever_its_type() =>
        Assert.Equal(
            ["timestamp"],
            (await Send("right-types", Event("ClubPostCreated", at: "today"))).Problem(422, "event-rejected"));

    [Fact]
    public async Task Ids_of_a_namespace_are_participants_of_it_and_common_ones_do_not_look_like_them()
    {
        fixture.Host.Cluster.Source("right-forum").Settings = """{"namespace":"forum"}""";

        await Send("right-forum", $"[{Event(participant: "42")}]");
        var common = await Send("right-common", $"[{Event(participant: "forum:43")}]");

        Assert.Equal("forum:42", Assert.Single(
            Assert.Single(fixture.Host.Cluster.Participant("forum:42").Recorded).Events).DistinctId);
        Assert.Equal("distinct_id", common.Json[0].GetProperty("field").GetString());
        Assert.False(fixture.Host.Cluster.HasParticipant("forum:43"));
    }

    [Fact]
    public async Task An_event_of_another_type_does_not_set_genesis()
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Source("school").Settings = Exercises;

        await host.Write(
            "POST", "/events", host.Keys.Token("ingest", "school"),
            $"[{Event("ClubPostCreated", "bob")},{Event(participant: "ann")}]");

        Assert.Equal(["ann"], host.Cluster.Schedule.LastCandidates.Select(candidate => candidate.DistinctId));
    }

    private static string Event(
        string type = "ExerciseSave", string participant = "right-ann", string at = "2025-12-18T09:00:00Z") =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","event":"{{type}}","distinct_id":"{{participant}}","timestamp":"{{at}}"}""";

    private Task<Answer> Send(string source, string body) =>
        fixture.Host.Write("POST", "/events", fixture.Host.Keys.Token("ingest", source), body);
}
