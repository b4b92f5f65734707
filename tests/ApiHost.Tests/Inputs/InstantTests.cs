using System.Net;
using System.Text.Json;
using Stk.ApiHost.Tests.Hosting;
using Stk.Testing.Time;

namespace Stk.ApiHost.Tests.Inputs;

/// <summary>Every door that takes an instant reads it alike: one table through each.</summary>
public sealed class InstantTests
{
    private const string Root = ApiHostUnderTest.Root;

    public static TheoryData<string> Doors() =>
    [
        "event", "/transactions?from=", "/transactions?to=", "/balance/history?from=", "/balance/history?to=", "clock",
        "watermark",
    ];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Every_form_of_an_instant_is_the_same_instant_at_every_door(string door)
    {
        await using var host = await ApiHostUnderTest.Start();
        // By time: the clock goes forward alone. Each form by another's hand: what the one before left is not taken for it.
        foreach (var (number, (text, at)) in InstantForms.Good.OrderBy(form => form.At).Index())
        {
            var who = $"who-{number}";
            var answer = await Send(host, door, text, who);

            Assert.True((int)answer.Status is 200 or 202, $"{text}: {answer.Status} {answer.Text}");
            Assert.Equal((text, at), (text, Taken(host, door, who)));
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task What_is_no_instant_is_refused_at_every_door(string door)
    {
        await using var host = await ApiHostUnderTest.Start();
        foreach (var text in InstantForms.Bad)
        {
            var answer = await Send(host, door, text, "ann");

            Assert.True((int)answer.Status is 400 or 422, $"{text}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task A_plus_that_is_not_escaped_in_a_query_is_the_offsets()
    {
        await using var host = await ApiHostUnderTest.Start();
        var token = host.Keys.Token("participant", "ann");

        var answer = await host.Get($"{Root}/transactions?from=2025-12-24+20:27:43.5+03:00", token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            new DateTimeOffset(2025, 12, 24, 17, 27, 43, 500, TimeSpan.Zero), host.Cluster.Participant("ann").LastPage?.From);
    }

    private static Task<Answer> Send(ApiHostUnderTest host, string door, string text, string who)
    {
        var json = JsonSerializer.Serialize(text);
        return door switch
        {
            "event" => host.Write("POST", "/events", host.Keys.Token("ingest", "club"),
                $$"""{"uuid":"{{Guid.NewGuid()}}","event":"ExerciseSave","distinct_id":"{{who}}","timestamp":{{json}}}"""),
            "clock" => host.Write("POST", "/admin/clock", host.Keys.Token("operator"), $$"""{"now":{{json}}}"""),
            "watermark" => host.Write("PUT", $"/admin/sources/{who}", host.Keys.Token("operator"),
                $$"""{"completeTo":{{json}},"required":true}"""),
            _ => host.Get(Root + door + Uri.EscapeDataString(text), host.Keys.Token("participant", who)),
        };
    }

    private static DateTimeOffset? Taken(ApiHostUnderTest host, string door, string who) => door switch
    {
        "event" => host.Cluster.Participant(who).Recorded.Single().Events.Single().At,
        "clock" => host.Cluster.Schedule.GetClock().Result.Now,
        "watermark" => host.Cluster.Source(who).LastPut?.CompleteTo,
        _ => door.EndsWith("from=", StringComparison.Ordinal)
            ? host.Cluster.Participant(who).LastPage?.From
            : host.Cluster.Participant(who).LastPage?.Below,
    };
}
