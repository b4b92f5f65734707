namespace Stk.EndToEnd.Requests;

/// <summary>A few of each kind, against the whole program; the full table stands beside the API host.</summary>
[Collection(ClubCollection.Name)]
public sealed class BadInputTests(ClubEconomy club)
{
    private const string RowsSql =
        """
        SELECT (SELECT count(*) FROM activity.events), (SELECT count(*) FROM activity.participants),
            (SELECT count(*) FROM ledger.transactions), (SELECT count(*) FROM activity.profile_changes),
            (SELECT count(*) FROM economy.rule_books), (SELECT count(*) FROM activity.sources)
        """;

    private Economy Economy => club.Economy;

    [Fact]
    public async Task Bad_input_is_refused_by_name_and_stores_nothing()
    {
        var source = await Economy.Source();
        var operators = await Economy.Operator();
        var before = await Economy.Psql(RowsSql);

        (await Send(source, "{ not json")).Problem(HttpStatusCode.BadRequest, "malformed-json");
        (await Send(source, "[]")).Problem(HttpStatusCode.BadRequest, "empty-batch");
        (await Send(source, $"[{string.Join(',', Enumerable.Repeat("{}", 10_001))}]"))
            .Problem(HttpStatusCode.RequestEntityTooLarge, "batch-too-large");
        Assert.Equal(["timestamp"], (await Send(source, Event("2025-12-22T07:00:00"))).Problem(HttpStatusCode.UnprocessableEntity, "event-rejected"));
        Assert.Equal(["timestamp"], (await Send(source, Event("1999-12-31T23:59:59Z"))).Problem(HttpStatusCode.UnprocessableEntity, "event-rejected"));
        Assert.Equal(["timestamp"], (await Send(source, Event("2025-12-22T09:00:00Z"))).Problem(HttpStatusCode.UnprocessableEntity, "event-rejected"));
        Assert.Equal(["distinct_id"], (await Send(source, Event("2025-12-22T07:00:00Z", new string('x', 10_000)))).Problem(HttpStatusCode.UnprocessableEntity, "event-rejected"));
        Assert.Equal(["distinct_id"], (await Send(source, Event("2025-12-22T07:00:00Z", "a\\u0000b"))).Problem(HttpStatusCode.UnprocessableEntity, "event-rejected"));
        (await operators.SendText("events", Event("2025-12-22T07:00:00Z"))).Problem(HttpStatusCode.Forbidden, "forbidden");
        (await Send(Economy.Anonymous, Event("2025-12-22T07:00:00Z"))).Problem(HttpStatusCode.Unauthorized, "token-missing");

        Assert.Equal(["now"], (await operators.Post("admin/clock", new { now = 7 })).Problem(HttpStatusCode.BadRequest, "invalid-request"));
        (await operators.Post("admin/clock", new { now = "2020-01-01T00:00:00Z" })).Problem(HttpStatusCode.Conflict, "clock-backwards");
        var notEnded = await operators.Post("admin/weeks/2026-W10/close", new { });
        notEnded.Problem(HttpStatusCode.Conflict, "week-not-closable");
        Assert.Contains("2026-W10 must have ended.", notEnded.Text, StringComparison.Ordinal);
        Assert.Equal(["level"], (await operators.Put("admin/participants?id=ann", new { level = 9, reason = "too good" }))
            .Problem(HttpStatusCode.BadRequest, "invalid-request"));

        Assert.Equal(before, await Economy.Psql(RowsSql));
    }

    [Fact]
    public async Task One_bad_event_in_an_array_is_rejected_and_the_others_go_on()
    {
        var source = await Economy.Source();
        var good = Events.Of("eve", "ExerciseSave", "eve", "2025-12-22T07:00:00Z");

        var answers = (await source.Post("events", new[] { good, new { uuid = "no uuid" } })).Json;

        Assert.Equal("counted", answers[0].GetProperty("outcome").GetString());
        Assert.Equal(("rejected", "uuid"), (answers[1].GetProperty("outcome").GetString(), answers[1].GetProperty("field").GetString()));
    }

    private static Task<Answer> Send(ApiClient client, string text) => client.SendText("events", text);

    private static string Event(string timestamp, string participant = "frank") =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","event":"ExerciseSave","distinct_id":"{{participant}}","timestamp":"{{timestamp}}"}""";
}
