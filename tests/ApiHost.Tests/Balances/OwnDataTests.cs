using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Balances;

[Collection(ApiCollection.Name)]
public sealed class OwnDataTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;

    public static TheoryData<string> Reads() =>
        ["/balance", "/balance/history", "/transactions", "/rewards", "/rewards/weekly?week=2025-W51",
        "/rewards/weekly/report?week=2025-W51", "/rewards/weekly/proof?week=2025-W51",
        "/limits", "/streak", "/sales", "/entitlements",
        "/entitlements/mentor_session", "/notices", "/vesting"];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_participant_cannot_tell_anothers_data_from_nobodys(string path)
    {
        var token = fixture.Host.Keys.Token("participant", "own-ann");
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';

        var another = await fixture.Host.Get($"{Root}{path}{join}participant=own-bob", token);
        var nobody = await fixture.Host.Get($"{Root}{path}{join}participant=unknown-zed", token);
        var nonsense = await fixture.Host.Get($"{Root}{path}{join}participant=%00", token);

        Assert.Empty(another.Problem(404, "not-found"));
        Assert.Equal(nobody.WithoutTrace(), another.WithoutTrace());
        Assert.Equal(nobody.WithoutTrace(), nonsense.WithoutTrace());
        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Get($"{Root}{path}{join}participant=own-ann", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Get($"{Root}{path}", token)).Status);
        Assert.False(fixture.Host.Cluster.HasParticipant("own-bob"), "another's grain was woken");
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task An_auditor_reads_whom_it_names(string path)
    {
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var answer = await fixture.Host.Get(
            $"{Root}{path}{join}participant=own-cat", fixture.Host.Keys.Token("auditor", "aud"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.False(answer.Headers.ContainsKey("Server"));
    }

    [Fact]
    public async Task Amounts_are_strings_and_weeks_are_ISO()
    {
        var token = fixture.Host.Keys.Token("participant", "own-dan");

        Assert.Equal(
            """{"available":"1584","frozen":"0.5","settling":"0","total":"1584.5","sequence":5}""",
            (await fixture.Host.Get($"{Root}/balance", token)).Text);
        Assert.Equal(
            """{"week":"2025-W51","weeksInRow":4,"thisWeekActive":true,"coefficient":"1.1","nextCoefficient":"1.2"}""",
            (await fixture.Host.Get($"{Root}/streak", token)).Text);
        Assert.Equal(
            """{"day":"2025-12-18","week":"2025-W51","limits":[{"type":"ExerciseSave","weight":100,"limit":5,"received":7,"counted":5,"left":0}],"pointsToday":500,"pointsThisWeek":960,"projectedReward":"1584"}""",
            (await fixture.Host.Get($"{Root}/limits", token)).Text);
    }

    [Fact]
    public async Task A_page_is_asked_for_with_its_cursor_and_limit()
    {
        var token = fixture.Host.Keys.Token("participant", "own-eve");

        var answer = await fixture.Host.Get($"{Root}/balance/history?cursor=good&limit=7", token);

        Assert.Equal("good", answer.Json.GetProperty("next").GetString());
        Assert.Equal("1584", answer.Json.GetProperty("items")[0].GetProperty("balanceAfter").GetString());
        Assert.Equal(new("good", 7), fixture.Host.Cluster.Participant("own-eve").LastPage);
    }

    [Theory]
    [InlineData("/balance/history")]
    [InlineData("/transactions")]
    public async Task A_list_is_narrowed_by_kind_and_instants(string path)
    {
        var token = fixture.Host.Keys.Token("participant", "own-ivy");

        var answer = await fixture.Host.Get(
            $"{Root}{path}?kind=transfer&from=2025-12-18T03:00:00%2B03:00&to=2025-12-19", token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            new(null, 50, "transfer", new(2025, 12, 18, 0, 0, 0, TimeSpan.Zero), new(2025, 12, 19, 0, 0, 0, TimeSpan.Zero)),
            fixture.Host.Cluster.Participant("own-ivy").LastPage);
    }

    [Fact]
    public async Task The_history_names_the_other_side_the_note_and_the_service()
    {
        var answer = await fixture.Host.Get($"{Root}/balance/history", fixture.Host.Keys.Token("participant", "own-jan"));

        var item = answer.Json.GetProperty("items")[0];
        Assert.Equal(
            ("bob", "for the lunch", "mentor_session"),
            (item.GetProperty("counterparty").GetString(), item.GetProperty("note").GetString(), item.GetProperty("service").GetString()));
    }

    [Fact]
    public async Task What_a_client_sends_back_is_never_older_than_what_it_was_shown()
    {
        // The actor has heard of its own commit 5 before the journal's follower has.
        fixture.Host.Cluster.Participant("own-leo").Heard = 4;

        var shown = await fixture.Host.Get($"{Root}/balance", fixture.Host.Keys.Token("participant", "own-leo"));

        Assert.Equal("5", shown.Headers["Stk-Sequence"]);
    }

    [Fact]
    public async Task A_read_is_not_older_than_what_its_client_has_seen()
    {
        var token = fixture.Host.Keys.Token("participant", "own-kim");
        var participant = fixture.Host.Cluster.Participant("own-kim");

        var shown = await fixture.Host.Get($"{Root}/balance", token);
        var again = await fixture.Host.Send(
            HttpMethod.Get, $"{Root}/balance", token, headers: ("Stk-Sequence", shown.Headers["Stk-Sequence"]));
        participant.Head = 8;
        var ahead = await fixture.Host.Send(HttpMethod.Get, $"{Root}/balance", token, headers: ("Stk-Sequence", "8"));
        var never = await fixture.Host.Send(HttpMethod.Get, $"{Root}/balance", token, headers: ("Stk-Sequence", "9"));
        var beyond = await fixture.Host.Send(
            HttpMethod.Get, $"{Root}/balance", token, headers: ("Stk-Sequence", new string('9', 40)));
        var nonsense = await fixture.Host.Send(HttpMethod.Get, $"{Root}/balance", token, headers: ("Stk-Sequence", "-1"));

        Assert.Equal("7", shown.Headers["Stk-Sequence"]);
        Assert.Equal(shown.Text, again.Text);
        ahead.Problem(503, "busy");
        Assert.Equal("1", ahead.Headers["Retry-After"]);
        // What was never given out here is not what a silo has not heard of yet: asking again would be in vain.
        Assert.All([never, beyond], answer =>
        {
            answer.Problem(412, "sequence-unknown");
            Assert.False(answer.Headers.ContainsKey("Retry-After"));
        });
        Assert.Equal(["Stk-Sequence"], nonsense.Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_read_that_died_with_its_silo_is_asked_again()
    {
        fixture.Host.Cluster.Participant("own-gil").Deaths.Enqueue(new Orleans.Runtime.SiloUnavailableException("dead"));

        var answer = await fixture.Host.Get($"{Root}/balance", fixture.Host.Keys.Token("participant", "own-gil"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_read_without_any_answer_is_unavailable()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Cluster:Deadline=00:00:00.100");
        for (var i = 0; i < 1_000; i++)
        {
            host.Cluster.Participant("hal").Deaths.Enqueue(new TimeoutException());
        }

        var answer = await host.Get($"{Root}/balance", host.Keys.Token("participant", "hal"));

        answer.Problem(503, "unavailable");
    }
}
