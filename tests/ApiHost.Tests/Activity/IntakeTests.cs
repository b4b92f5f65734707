using System.Net;
using System.Text;
using Orleans.Serialization;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Faults;

namespace Stk.ApiHost.Tests.Activity;

public sealed class IntakeTests : IAsyncLifetime
{
    private ApiHostUnderTest? _host;

    private ApiHostUnderTest Host => _host ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _host = await ApiHostUnderTest.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Answers_stand_in_the_order_sent_and_each_participant_is_called_once_with_its_own_in_order()
    {
        string[] people = ["ann", "bob", "ann", "bob", "ann"];
        var events = people.Select((person, i) => Event(i, person)).ToArray();
        var broken = """{"uuid":"00000000-0000-0000-0000-0000000000ff","event":"ExerciseSave"}""";

        var answer = await Send($"[{events[0]},{events[1]},{broken},7,{events[2]},{events[3]},{events[4]},{events[0]}]");

        Assert.Equal(
            [
                $"{Uuid(0)} counted  ", $"{Uuid(1)} counted  ",
                "00000000-0000-0000-0000-0000000000ff rejected distinct_id True", " rejected $ True",
                $"{Uuid(2)} counted  ", $"{Uuid(3)} counted  ", $"{Uuid(4)} counted  ", $"{Uuid(0)} duplicate  ",
            ],
            answer.Json.EnumerateArray().Select(item =>
                $"{item.GetProperty("uuid").GetString()} {item.GetProperty("outcome").GetString()} "
                + (item.TryGetProperty("field", out var field) ? $"{field} {item.GetProperty("rule").GetString()!.Length > 0}" : " ")));
        var ann = Assert.Single(Host.Cluster.Participant("ann").Recorded);
        Assert.Equal("club", ann.Source);
        Assert.Equal([Uuid(0), Uuid(2), Uuid(4), Uuid(0)], ann.Events.Select(sent => sent.Uuid));
        var bob = Assert.Single(Host.Cluster.Participant("bob").Recorded);
        Assert.Equal([Uuid(1), Uuid(3)], bob.Events.Select(sent => sent.Uuid));
    }

    [Fact]
    public async Task One_event_alone_is_answered_as_an_array_of_one()
    {
        var answer = await Send(Event(1, "ann"));

        Assert.Equal($$"""[{"uuid":"{{Uuid(1)}}","outcome":"counted"}]""", answer.Text);
    }

    [Fact]
    public async Task A_full_batch_is_answered_whole()
    {
        var answer = await Send($"[{string.Join(',', Enumerable.Range(0, 10_000).Select(i => Event(i, $"p{i % 700}")))}]");

        Assert.Equal(
            Enumerable.Range(0, 10_000).Select(Uuid),
            answer.Json.EnumerateArray().Select(item => item.GetProperty("uuid").GetGuid()));
    }

    [Fact]
    public async Task Genesis_is_offered_the_wellformed_events_in_order_before_any_is_recorded_and_then_no_more()
    {
        await Send($"[7,{Event(3, "bob")},{Event(1, "ann")}]");
        await Send(Event(4, "ann"));

        Assert.Equal(1, Host.Cluster.Schedule.GenesisCalls);
        Assert.Equal(["bob", "ann"], Host.Cluster.Schedule.LastCandidates.Select(candidate => candidate.DistinctId));
    }

    [Fact]
    public async Task A_call_that_died_with_its_silo_is_sent_again_and_only_that_one()
    {
        Host.Cluster.Participant("ann").Deaths.Enqueue(new SiloUnavailableException("dead"));

        var answer = await Send($"[{Event(1, "ann")},{Event(2, "bob")}]");

        Assert.Equal(
            ["duplicate", "counted"], answer.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
        Assert.Equal(2, Host.Cluster.Participant("ann").Recorded.Count);
        Assert.Single(Host.Cluster.Participant("bob").Recorded);
    }

    [Fact]
    public async Task A_call_whose_exception_could_not_travel_is_sent_again()
    {
        Host.Cluster.Participant("untold").Deaths.Enqueue(new CodecNotFoundException("of NpgsqlException"));

        var answer = await Send($"[{Event(21, "untold")}]");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Where_a_participant_never_answers_the_outcome_is_unknown_and_the_same_body_resolves_it()
    {
        await using var impatient = await ApiHostUnderTest.Start("--Stk:Cluster:Deadline=00:00:00.100");
        var ann = impatient.Cluster.Participant("ann");
        for (var i = 0; i < 1_000; i++)
        {
            ann.Deaths.Enqueue(new TimeoutException("secret detail"));
        }

        var body = $"[{Event(1, "ann")},{Event(2, "bob")}]";
        var lost = await Send(body, impatient);
        ann.Deaths.Clear();
        var again = await Eventually.Get(
            () => Send(body, impatient), answer => answer.Status == HttpStatusCode.OK, "the same body is answered");

        lost.Problem(503, "outcome-unknown");
        Assert.Equal("1", lost.Headers["Retry-After"]);
        Assert.DoesNotContain("secret", lost.Text, StringComparison.Ordinal);
        Assert.Equal("duplicate", again.Json[0].GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_queue_in_the_cluster_is_busy_and_is_not_asked_again(bool isOfTheRuntime)
    {
        Host.Cluster.Participant("ann").Deaths.Enqueue(
            isOfTheRuntime ? new LimitExceededException("full") : new ClusterBusyException("full"));

        var answer = await Send(Event(1, "ann"));

        answer.Problem(503, "busy");
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Single(Host.Cluster.Participant("ann").Recorded);
    }

    [Fact]
    public async Task A_refusal_after_a_try_without_an_answer_does_not_say_that_nothing_has_changed()
    {
        Host.Cluster.Participant("ann").Deaths.Enqueue(new TimeoutException("no answer"));
        Host.Cluster.Participant("ann").Deaths.Enqueue(new ClusterBusyException("full"));

        (await Send(Event(1, "ann"))).Problem(503, "outcome-unknown");
    }

    [Fact]
    public async Task A_bug_is_an_internal_error_that_says_nothing_and_is_not_repeated()
    {
        Host.Cluster.Participant("ann").Deaths.Enqueue(new InvalidOperationException("secret detail"));

        var answer = await Send(Event(1, "ann"));

        answer.Problem(500, "internal-error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Single(Host.Cluster.Participant("ann").Recorded);
    }

    private static Guid Uuid(int number) => new(number + 1, 0, 0, new byte[8]);

    private static string Event(int number, string person) =>
        $$$"""{"uuid":"{{{Uuid(number)}}}","event":"ExerciseSave","distinct_id":"{{{person}}}","timestamp":"2025-12-18T09:00:00Z","properties":{"section":"1.2"}}""";

    private async Task<Answer> Send(string body, ApiHostUnderTest? other = null)
    {
        var host = other ?? Host;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.Send(
            HttpMethod.Post, ApiHostUnderTest.Root + "/events", host.Keys.Token("ingest", "club"), content);
    }
}
