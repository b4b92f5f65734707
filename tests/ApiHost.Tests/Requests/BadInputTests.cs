using System.Text;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Requests;

/// <summary>Each bad input: its status, its type, the field at fault, no echo of the value; and the nearest good one passes.</summary>
[Collection(ApiCollection.Name)]
public sealed class BadInputTests(ApiFixture fixture)
{
    private const string Uuid = "0190c2f0-0000-7000-8000-000000000001";
    private const string Rest = """ "event":"ExerciseSave","distinct_id":"bad-ann","timestamp":"2025-12-18T09:00:00Z" """;
    private const string Depth16 = "[[[[[[[[[[[[[[]]]]]]]]]]]]]]";
    private const string GoodEvent = $$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"properties":{"a":{{{Depth16}}}}}""";
    private const string Participant = "/admin/participants?id=bad-bob";
    private const string GoodProfile = """{"level":2,"reason":"exam"}""";
    private const string Source = "/admin/sources/club";
    private const string GoodSource = """{"completeTo":"2025-12-22T00:00:00Z","required":true}""";
    private const string GoodRules = """{"effectiveFrom":"2026-W10","document":{"version":2}}""";
    private const string GoodClock = """{"now":"2025-12-22T00:00:00Z"}""";

    private static readonly BadInput[] Table =
    [
        // events, whole body
        BadInput.Event("", 400, "malformed-json", null),
        BadInput.Event("{", 400, "malformed-json", null),
        BadInput.Event("nonsense-zzz", 400, "malformed-json", null, "zzz"),
        BadInput.Event($"{GoodEvent}{GoodEvent}", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"properties":{"a":"\ud800"}}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"properties":{"\ud800":1}}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"properties":{"a":[{{{Depth16}}}]}}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}","uuid":"{{{Uuid}}}",{{{Rest}}}}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"properties":{"a":1,"\u0061":2}}""", 400, "malformed-json", null),
        BadInput.Event("[]", 400, "empty-batch", null),
        BadInput.Event("null", 400, "invalid-request", "body"),
        BadInput.Event("1717", 400, "invalid-request", "body", "1717"),
        BadInput.Event($"[{string.Join(',', Enumerable.Repeat("1", 10_001))}]", 413, "batch-too-large", null),

        // events, one alone
        Item("uuid", null, "uuid"),
        Item("uuid", "\"not-a-uuid\"", "uuid", "not-a-uuid"),
        Item("distinct_id", null, "distinct_id"),
        Item("distinct_id", $"\"{new string('q', 10_000)}\"", "distinct_id", "qqqq"),
        Item("distinct_id", "\"bad\\u0000xyz\"", "distinct_id", "xyz"),
        Item("distinct_id", "\"bad\\nxyz\"", "distinct_id", "xyz"),
        Item("distinct_id", "\"bad\\u202exyz\"", "distinct_id", "xyz"),
        Item("distinct_id", "1234567", "distinct_id", "1234567"),
        Item("distinct_id", "\"\"", "distinct_id"),
        Item("event", "null", "event"),
        Item("timestamp", null, "timestamp"),
        Item("timestamp", "\"2025-12-18T09:00:00\"", "timestamp", "2025-12-18T09:00:00\""),
        Item("timestamp", "\"2025-02-30T09:00:00Z\"", "timestamp", "2025-02-30"),
        Item("timestamp", "1766048400", "timestamp", "1766048400"),
        Item("properties", "[]", "properties"),
        Item("properties", $$"""{"a":"{{new string('w', 66_000)}}"}""", "properties", "wwww"),
        Typed("ProjectMilestoneCompleted", """{"days":91}""", "properties.days", "91"),
        Typed("ClubLikeGivenRetracted", "{}", "properties.retracts"),
        Typed("ClubLikeGivenRetracted", $$"""{"retracts":"{{Uuid}}"}""", "properties.retracts"),
        Typed("QualificationChanged", """{"level":9}""", "properties.level"),

        // reads
        BadInput.Get("/balance/history?limit=0", 400, "invalid-request", "limit", null, "/balance/history?limit=1"),
        BadInput.Get("/balance/history?limit=101", 400, "invalid-request", "limit", "101", "/balance/history?limit=100"),
        BadInput.Get("/balance/history?limit=+5", 400, "invalid-request", "limit", null, "/balance/history?limit=5"),
        BadInput.Get("/balance/history?limit=5&limit=6", 400, "invalid-request", "limit", null, "/balance/history?limit=6"),
        BadInput.Get("/balance/history?cursor=altered", 400, "invalid-cursor", null, "altered", "/balance/history?cursor=good"),
        BadInput.Get("/balance/history?cursor=", 400, "invalid-cursor", null, null, "/balance/history?cursor=good"),
        BadInput.Get("/transactions?cursor=altered", 400, "invalid-cursor", null, "altered", "/transactions?cursor=good"),
        BadInput.Get("/rewards?cursor=altered", 400, "invalid-cursor", null, "altered", "/rewards?cursor=good"),
        BadInput.Get("/rewards/weekly", 400, "invalid-request", "week", null, "/rewards/weekly?week=2025-W51"),
        BadInput.Get("/rewards/weekly?week=2025-W53", 400, "invalid-request", "week", "W53", "/rewards/weekly?week=2025-W51"),
        BadInput.Get("/rewards/weekly?week=2025-W00", 400, "invalid-request", "week", "W00", "/rewards/weekly?week=2025-W51"),
        BadInput.Get("/rewards/weekly?week=../../etc", 400, "invalid-request", "week", "etc", "/rewards/weekly?week=2025-W51"),
        BadInput.Get("/rewards/weekly?week=2025-W51&format=xls", 406, "not-acceptable", null, "xls", "/rewards/weekly?week=2025-W51&format=json"),
        BadInput.Get("/rewards/weekly?week=2025-W50", 404, "not-found", null, "W50", "/rewards/weekly?week=2025-W51"),

        // admin
        AdminGet("/balance", 400, "invalid-request", "participant", null, "/balance?participant=ann"),
        AdminGet("/balance?participant=", 400, "invalid-request", "participant", null, "/balance?participant=ann"),
        AdminGet("/balance?participant=a&participant=b", 400, "invalid-request", "participant", null, "/balance?participant=a"),
        AdminGet("/balance?participant=unknown-zoe", 404, "not-found", null, "zoe", "/balance?participant=zoe"),
        AdminGet("/admin/weeks/2025-W53", 400, "invalid-request", "week", "W53", "/admin/weeks/2025-W52"),
        AdminGet("/admin/weeks/2025-W00/export.csv", 400, "invalid-request", "week", "W00", "/admin/weeks/2025-W52/export.csv"),
        AdminGet("/admin/weeks/2026-W01/export.csv", 404, "not-found", null, null, "/admin/weeks/2025-W52/export.csv"),
        AdminGet("/admin/weeks/2025-W51/export.csv?format=xls", 406, "not-acceptable", null, "xls", "/admin/weeks/2025-W51/export.csv?format=csv"),
        AdminGet("/admin/participants?id=unknown-zoe", 404, "not-found", null, "zoe", "/admin/participants?id=zoe"),
        AdminGet("/admin/participants?id=a%0Ab", 400, "invalid-request", "id", null, "/admin/participants?id=a%20b"),
        AdminGet("/admin/sources/unheard", 404, "not-found", null, "unheard", "/admin/totals"),
        AdminGet($"/admin/sources/{new string('s', 201)}", 400, "invalid-request", "name", "sss", "/admin/totals"),
        BadInput.Admin("PUT", Participant, """{"level":0,"reason":"exam"}""", "level", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"level":9,"reason":"exam"}""", "level", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"level":"2","reason":"exam"}""", "level", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"level":2.5,"reason":"exam"}""", "level", "2.5", GoodProfile),
        BadInput.Admin("PUT", Participant, """{"excluded":"yes-please","reason":"exam"}""", "excluded", "yes-please", GoodProfile),
        BadInput.Admin("PUT", Participant, """{"level":2}""", "reason", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"level":2,"reason":"  "}""", "reason", null, GoodProfile),
        BadInput.Admin("PUT", Participant, $$"""{"level":2,"reason":"{{new string('r', 281)}}"}""", "reason", "rrrr", $$"""{"level":2,"reason":"{{new string('r', 280)}}"}"""),
        BadInput.Admin("PUT", Participant, """{"level":2,"reason":"a\u202eb"}""", "reason", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"reason":"exam"}""", "$", null, GoodProfile),
        BadInput.Admin("PUT", Participant, """{"levle":2,"level":2,"reason":"exam"}""", "$", "levle", GoodProfile),
        BadInput.Admin("PUT", Participant, "[1]", "$", null, GoodProfile),
        BadInput.Admin("PUT", "/admin/participants", GoodProfile, "id", null, GoodProfile, Participant),
        BadInput.Admin("PUT", Source, """{"completeTo":"2025-12-22T00:00:00","required":true}""", "completeTo", "12-22", GoodSource),
        BadInput.Admin("PUT", Source, """{"completeTo":"0001-01-01T00:00:00Z","required":true}""", "completeTo", "0001", GoodSource),
        BadInput.Admin("PUT", Source, """{"completeTo":"2025-12-22T00:00:00Z"}""", "required", null, GoodSource),
        BadInput.Admin("POST", "/admin/weeks/2025-W51/close", """{"reason":""}""", "reason", null, """{"reason":"source is down"}"""),
        BadInput.Admin("POST", "/admin/weeks/2025-W53/close", "{}", "week", "W53", "{}", "/admin/weeks/2025-W52/close"),
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2026-W54","document":{"version":2}}""", "effectiveFrom", "W54", GoodRules),
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2026-W10","document":"text-zzz"}""", "document", "zzz", GoodRules),
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2026-W10","document":{}}""", "document.activities", null, GoodRules),
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2026-W10","document":{"emission":{"rewards":9999}}}""", "document.emission", "9999", GoodRules)
            with { Status = 422, Slug = "split-not-whole" },
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2025-W01","document":{"version":2}}""", "", null, GoodRules)
            with { Status = 409, Slug = "week-sealed", Field = null },
        BadInput.Admin("POST", "/admin/weeks/2026-W01/close", "{}", "", null, "{}", "/admin/weeks/2025-W52/close")
            with { Status = 409, Slug = "week-not-closable", Field = null },
        BadInput.Admin("POST", "/admin/clock", """{"now":"2025-12-21T23:59:59Z"}""", "", null, GoodClock)
            with { Status = 409, Slug = "clock-backwards", Field = null },
        BadInput.Admin("POST", "/admin/clock", """{"now":"yesterday"}""", "now", "yesterday", GoodClock),
        BadInput.Admin("POST", "/admin/clock", "{}", "now", null, GoodClock),
        BadInput.Admin("POST", "/admin/schedule/resume", "{}", "reason", null, """{"reason":"clock is right"}"""),
        BadInput.Admin("POST", "/admin/clock", "{", "", null, GoodClock)
            with { Slug = "malformed-json", Field = null },
    ];

    public static TheoryData<int, string> Lines()
    {
        var lines = new TheoryData<int, string>();
        for (var i = 0; i < Table.Length; i++)
        {
            lines.Add(i, Table[i].ToString());
        }

        return lines;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_bad_input_is_refused_by_name_and_the_nearest_good_one_passes(int line, string what)
    {
        var input = Table[line];
        Assert.Equal(input.ToString(), what);
        var token = fixture.Host.Keys.Token(
            input.Path == "/events" ? "ingest" : input.Method == "GET" && !input.GoodPath.Contains("admin", StringComparison.Ordinal) && !input.GoodPath.Contains("participant=", StringComparison.Ordinal) ? "participant" : "operator",
            $"bad-{line}");

        var answer = await Send(input.Method, input.Path, input.Body, token);
        var fields = answer.Problem(input.Status, input.Slug);
        Assert.Equal(input.Field is null ? [] : [input.Field], fields);
        if (input.Never is { } never)
        {
            Assert.DoesNotContain(never, answer.WithoutTrace(), StringComparison.Ordinal);
        }

        var good = await Send(input.Method, input.GoodPath, input.GoodBody ?? (input.Body is null ? null : GoodEvent), token);
        Assert.True((int)good.Status is >= 200 and < 300, $"{good.Status}: {good.Text}");
    }

    private static BadInput Item(string member, string? value, string field, string? never = null)
    {
        var members = new Dictionary<string, string>
        {
            ["uuid"] = $"\"{Uuid}\"",
            ["event"] = "\"ExerciseSave\"",
            ["distinct_id"] = "\"bad-ann\"",
            ["timestamp"] = "\"2025-12-18T09:00:00Z\"",
        };
        members.Remove(member);
        if (value is not null)
        {
            members[member] = value;
        }

        var body = $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
        return BadInput.Event(body, 422, "event-rejected", field, never);
    }

    private static BadInput Typed(string type, string properties, string field, string? never = null) => BadInput.Event(
        $$"""{"uuid":"{{Uuid}}","event":"{{type}}","distinct_id":"bad-ann","timestamp":"2025-12-18T09:00:00Z","properties":{{properties}}}""",
        422, "event-rejected", field, never);

    private static BadInput AdminGet(string path, int status, string slug, string? field, string? never, string good) =>
        BadInput.Get(path, status, slug, field, never, good);

    private async Task<Answer> Send(string method, string path, string? body, string token)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await fixture.Host.Send(new(method), ApiHostUnderTest.Root + path, token, content);
    }
}
