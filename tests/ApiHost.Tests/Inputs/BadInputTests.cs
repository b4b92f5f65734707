using System.Text;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Inputs;

/// <summary>
/// Each bad input: its status, its type, the field at fault, no echo of the value; and the nearest good one passes.
/// </summary>
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
    private const string GoodService =
        """{"name":"A","description":"B","price":"5","split":[{"role":"mentor","shareBp":9000},{"role":"treasury","shareBp":1000}],"term":{"sessions":2},"recipients":{"mentor":"bob"}}""";
    private const string Reason = """{"reason":"agreed"}""";
    private const string Act = "/admin/chain/acts/0190c2f0-0000-7000-8000-000000000001";
    private const string GoodAct = """{"kind":"refill","amount":"300","reason":"it is low"}""";
    private const string GoodSigned = """{"transaction":"AQI="}""";
    private const string Batch = "/admin/settlement/batches/0190c2f0-0000-7000-8000-000000000001/resolve";
    private const string Cover = "/admin/settlement/differences/0190c2f0-0000-7000-8000-000000000001/cover";
    private const string Assign = "/admin/settlement/deposits/0190c2f0-0000-7000-8000-000000000001/assign";
    private const string SendBack = "/admin/settlement/deposits/0190c2f0-0000-7000-8000-000000000001/return";
    private const string GoodAssignment = """{"to":"bob","reason":"is his"}""";
    private const string GoodWord = """{"outcome":"expired","reason":"no explorer shows it"}""";
    private const string GoodClock = """{"now":"2025-12-22T00:00:00Z"}""";

    private static readonly BadInput[] Table =
    [
        // events, whole body
        BadInput.Event("", 400, "malformed-json", null),
        BadInput.Event("{", 400, "malformed-json", null),
        BadInput.Event("nonsense-zzz", 400, "malformed-json", null, "zzz"),
        BadInput.Event($"{GoodEvent}{GoodEvent}", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"extra":"\ud800"}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"\ud800":1}""", 400, "malformed-json", null),
        BadInput.Event($$$"""{"uuid":"{{{Uuid}}}",{{{Rest}}},"extra":[[{{{Depth16}}}]]}""", 400, "malformed-json", null),
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
        Item("properties", """{"a":"\ud800","b":"wxyz"}""", "properties", "wxyz"),
        Item("properties", """{"\ud800":1}""", "properties"),
        Item("properties", $$"""{"a":{{new string('[', 32)}}{{new string(']', 32)}}}""", "properties"),
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
        BadInput.Admin("POST", "/admin/rules", """{"effectiveFrom":"2026-W10","document":{"bounds":{"totalTimes":"3"}}}""", "", null, GoodRules)
            with { Status = 409, Slug = "cluster-mixed", Field = null },
        BadInput.Admin("POST", "/admin/weeks/2026-W01/close", "{}", "", null, "{}", "/admin/weeks/2025-W52/close")
            with { Status = 409, Slug = "week-not-closable", Field = null },
        BadInput.Admin("POST", "/admin/clock", """{"now":"2025-12-21T23:59:59Z"}""", "", null, GoodClock)
            with { Status = 409, Slug = "clock-backwards", Field = null },
        BadInput.Admin("POST", "/admin/clock", """{"now":"yesterday"}""", "now", "yesterday", GoodClock),
        BadInput.Admin("POST", "/admin/clock", "{}", "now", null, GoodClock),
        BadInput.Admin("POST", "/admin/schedule/resume", "{}", "reason", null, """{"reason":"clock is right"}"""),
        BadInput.Admin("POST", "/admin/settlement/pause", "{}", "reason", null, """{"reason":"the nodes are moved"}"""),
        BadInput.Admin("POST", "/admin/settlement/reconcile", "{}", "reason", null, """{"reason":"a look"}"""),
        BadInput.Admin("POST", Cover, "{}", "reason", null, Reason),
        BadInput.Admin("POST", "/admin/settlement/differences/zzz/cover", Reason, "id", "zzz", Reason, Cover),
        BadInput.Admin("POST", Assign, """{"reason":"r"}""", "to", null, GoodAssignment),
        BadInput.Admin("POST", Assign, """{"to":"bob"}""", "reason", null, GoodAssignment),
        BadInput.Admin("POST", SendBack, "{}", "reason", null, Reason),
        BadInput.Admin("POST", "/admin/settlement/deposits/zzz/return", Reason, "id", "zzz", Reason, SendBack),
        BadInput.Admin(
            "POST", "/admin/settlement/deposits/zzz/assign", GoodAssignment, "id", "zzz", GoodAssignment, Assign),
        BadInput.Admin("POST", "/admin/settlement/resume", """{"reason":" "}""", "reason", null, """{"reason":"they are"}"""),
        BadInput.Admin("POST", Batch, """{"outcome":"lost-zzz","reason":"r"}""", "outcome", "zzz", GoodWord),
        BadInput.Admin("POST", Batch, """{"outcome":"landed","reason":"r"}""", "signature", null, GoodWord),
        BadInput.Admin("POST", Batch, """{"outcome":"expired","signature":"5awY","reason":"r"}""", "signature", "5awY", GoodWord),
        BadInput.Admin("POST", Batch, """{"outcome":"landed","signature":"a-zzz","reason":"r"}""", "signature", "zzz", GoodWord),
        BadInput.Admin("POST", Batch, """{"outcome":"expired"}""", "reason", null, GoodWord),
        BadInput.Admin("POST", "/admin/settlement/batches/zzz/resolve", GoodWord, "id", "zzz", GoodWord, Batch),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"payouts-zzz","amount":"1","reason":"r"}""", "kind", "zzz", GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"mint","reason":"r"}""", "amount", null, GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"mint","amount":"-7","reason":"r"}""", "amount", "-7", GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"mint","amount":"1"}""", "reason", null, GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"mint","amount":"1","text":"zzz","reason":"r"}""", "text", "zzz", GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"memo","text":"a","amount":"77","reason":"r"}""", "amount", "77", GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"memo","reason":"r"}""", "text", null, GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", """{"kind":"memo","text":"stk:week:zzz","reason":"r"}""", "text", "zzz", GoodAct),
        BadInput.Admin("POST", "/admin/chain/acts", $$"""{"kind":"memo","text":"{{string.Concat(Enumerable.Repeat("\u20ac", 134))}}","reason":"r"}""", "text", null, GoodAct),
        BadInput.Admin("POST", $"{Act}/approve", "{}", "reason", null, """{"reason":"r"}"""),
        BadInput.Admin("POST", $"{Act}/reject", """{"reason":" "}""", "reason", null, """{"reason":"r"}"""),
        BadInput.Admin("POST", "/admin/chain/acts/zzz/approve", """{"reason":"r"}""", "id", "zzz", """{"reason":"r"}""", $"{Act}/approve"),
        BadInput.Admin("PUT", $"{Act}/signed", """{"transaction":"z-z!"}""", "transaction", "z-z!", GoodSigned),
        BadInput.Admin("PUT", $"{Act}/signed", $$"""{"transaction":"{{new string('A', 1_648)}}"}""", "transaction", "AAAA", GoodSigned),
        BadInput.Admin("PUT", $"{Act}/signed", "{}", "transaction", null, GoodSigned),
        BadInput.Admin("PUT", "/admin/chain/acts/zzz/signed", GoodSigned, "id", "zzz", GoodSigned, $"{Act}/signed"),
        BadInput.Admin("POST", "/admin/clock", "{", "", null, GoodClock)
            with { Slug = "malformed-json", Field = null },

        // transfer
        .. AmountsThatAreNone.Select(amount => Transfer(
            $$"""{"to":"bob","amount":{{amount.Json}}}""", "amount", amount.Never)),
        Transfer("""{"to":"bob"}""", "amount", null),
        Transfer("""{"amount":"1"}""", "to", null),
        Transfer("""{"to":"","amount":"1"}""", "to", null),
        Transfer("""{"to":7654321,"amount":"1"}""", "to", "7654321"),
        Transfer("""{"to":"bob\u202exyz","amount":"1"}""", "to", "xyz"),
        Transfer($$"""{"to":"bob","amount":"1","note":"{{new string('n', 281)}}"}""", "note", "nnnn",
            $$"""{"to":"bob","amount":"1","note":"{{new string('n', 280)}}"}"""),
        Transfer($$"""{"to":"bob","amount":"1","note":"n{{string.Concat(Enumerable.Repeat("\U0001F600", 280))}}"}""", "note", "\U0001F600",
            $$"""{"to":"bob","amount":"1","note":"n{{string.Concat(Enumerable.Repeat("\U0001F600", 279))}}"}"""),
        Transfer("""{"to":"bob","amount":"1","note":"a\u202ebcd"}""", "note", "bcd"),
        Transfer("""{"to":"bob","amount":"1","note":"a\u2066bcd"}""", "note", "bcd"),
        Transfer("""{"to":"bob","amount":"1","note":"a\u0000bcd"}""", "note", "bcd"),
        Transfer("""{"to":"bob","amount":"1","note":"a\nbcd"}""", "note", "bcd"),
        Transfer("""{"to":"bob","amount":"1","note":""}""", "note", null),
        Transfer("""{"to":"bob","amount":"1","note":5}""", "note", null),
        Transfer("""{"to":"bob","amount":"1","fee":"0.5"}""", "$", "0.5"),
        Transfer("""{"to":"bob","amount":"1","amount":"2"}""", "", null) with { Slug = "malformed-json", Field = null },
        Transfer("[]", "$", null),

        // services
        Purchase("""{"expectedPrice":"0"}""", "expectedPrice", null),
        Purchase("""{"expectedPrice":100}""", "expectedPrice", null),
        Purchase("""{"recipients":["bob"]}""", "recipients", "bob"),
        Purchase("""{"recipients":{"Mentor!":"bob"}}""", "recipients", "Mentor!"),
        Purchase("""{"recipients":{"mentor":"b\u0000b"}}""", "recipients.mentor", null),
        Purchase("""{"recipients":{"mentor":17}}""", "recipients.mentor", null),
        Purchase("""{"price":"100"}""", "$", null),
        Service("""{"name":"","price":"5","split":[{"role":"mentor","shareBp":10000}]}""", "name", null),
        Service("""{"name":"A","price":"-5","split":[{"role":"mentor","shareBp":10000}]}""", "price", null),
        Service("""{"name":"A","price":"1000000001","split":[{"role":"mentor","shareBp":10000}]}""", "price", "1000000001"),
        Service("""{"name":"A","price":"5","split":[]}""", "split", null),
        Service("""{"name":"A","price":"5","split":{"mentor":10000}}""", "split", null),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000,"to":"xyz"}]}""", "split", "xyz"),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":5000.5}]}""", "split", "5000.5"),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":9999}]}""", "split", "9999")
            with { Status = 422, Slug = "split-not-whole" },
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"term":{"years":1}}""", "term", "years"),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"term":{"days":"ten"}}""", "term", "ten"),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"term":{"days":3651}}""", "term.days", "3651"),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"term":{"days":1,"months":1}}""", "term", null),
        Service("""{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}],"recipients":{"author":"bob"}}""", "recipients", "bob"),
        Service(GoodService, "id", "Bad-Id") with { Path = "/services/Bad-Id" },
        BadInput.Admin("PUT", "/admin/services/new_one", """{"name":"A"}""", "price", null, GoodService)
            with { OtherFields = ["split"] },
        BadInput.Admin("POST", "/admin/services/mentor_session/withdraw", "{}", "reason", null, Reason),
        BadInput.Admin("POST", "/admin/services/Bad-Id/withdraw", Reason, "id", "Bad-Id", Reason, "/admin/services/mentor_session/withdraw"),
        BadInput.Admin("POST", $"/admin/purchases/{Uuid}/refund", """{"reason":""}""", "reason", null, Reason),
        BadInput.Admin("POST", "/admin/purchases/nonsense/refund", Reason, "id", "nonsense", Reason, $"/admin/purchases/{Uuid}/refund"),
        AdminGet("/admin/purchases/nonsense", 400, "invalid-request", "id", "nonsense", $"/admin/purchases/{Uuid}"),
        AdminGet("/admin/purchases/0190c2f0-0000-7000-8000-000000000000", 404, "unknown-purchase", null, null, $"/admin/purchases/{Uuid}"),

        // treasury
        Spend("""{"fund":"issuance","to":"bob","amount":"5","kind":"grant","reason":"why"}""", "fund", "issuance"),
        Spend("""{"fund":"treasury","to":"bob","amount":"0","kind":"grant","reason":"why"}""", "amount", null),
        Spend("""{"fund":"treasury","to":"bob","amount":"5","kind":"present-zz","reason":"why"}""", "kind", "present-zz"),
        Spend("""{"fund":"treasury","to":"bob","amount":"5","kind":"grant"}""", "reason", null),
        Spend("""{"fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"why","vestsDays":3651}""", "vestsDays", "3651"),
        Spend("""{"fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"why","vestsDays":-1}""", "vestsDays", null),
        BadInput.Admin("POST", "/admin/treasury/spends/nonsense/approve", Reason, "id", "nonsense", Reason, $"/admin/treasury/spends/{Uuid}/approve"),
        BadInput.Admin("POST", $"/admin/treasury/spends/{Uuid}/reject", "{}", "reason", null, Reason),
        BadInput.Admin("POST", "/admin/approvals/nonsense/approve", Reason, "id", "nonsense", Reason, $"/admin/approvals/{Uuid}/approve"),
        BadInput.Admin("POST", $"/admin/approvals/{Uuid}/reject", "{}", "reason", null, Reason),
        AdminGet("/admin/approvals?state=open-zzz", 400, "invalid-request", "state", "zzz", "/admin/approvals?state=waiting"),
        AdminGet("/admin/treasury/spends?waiting=maybe", 400, "invalid-request", "waiting", "maybe", "/admin/treasury/spends?waiting=true"),
        AdminGet("/admin/treasury/spends?cursor=altered", 400, "invalid-cursor", null, "altered", "/admin/treasury/spends?cursor=good"),
        AdminGet("/admin/audit?cursor=altered", 400, "invalid-cursor", null, "altered", "/admin/audit?cursor=good"),
        AdminGet("/admin/audit?limit=0", 400, "invalid-request", "limit", null, "/admin/audit?limit=1"),

        // lists and sequences
        BadInput.Get("/sales?cursor=altered", 400, "invalid-cursor", null, "altered", "/sales?cursor=good"),
        BadInput.Get("/notices?cursor=altered", 400, "invalid-cursor", null, "altered", "/notices?cursor=good"),
        BadInput.Get("/vesting?cursor=altered", 400, "invalid-cursor", null, "altered", "/vesting?cursor=good"),
        BadInput.Get("/transactions?kind=emission", 400, "invalid-request", "kind", "emission", "/transactions?kind=transfer"),
        BadInput.Get("/balance/history?kind=Transfer", 400, "invalid-request", "kind", "Transfer", "/balance/history?kind=weekly_reward"),
        BadInput.Get("/transactions?from=2025-12-18T00:00:00", 400, "invalid-request", "from", "12-18T00:00:00\"", "/transactions?from=2025-12-18T00:00:00Z"),
        BadInput.Get("/transactions?to=2025-02-30", 400, "invalid-request", "to", "02-30", "/transactions?to=2025-02-28"),
        BadInput.Get("/transactions?from=2025-12-19&to=2025-12-18", 400, "invalid-request", "from", "12-19", "/transactions?from=2025-12-18&to=2025-12-19"),
        BadInput.Get("/transactions?from=2025-12-18&to=2025-12-18", 400, "invalid-request", "from", null, "/transactions?from=2025-12-18&to=2025-12-19"),
        BadInput.Get("/transactions?kind=transfer&kind=purchase", 400, "invalid-request", "kind", null, "/transactions?kind=purchase"),
        BadInput.Get("/balance?sequence=-1", 400, "invalid-request", "sequence", null, "/balance?sequence=7"),
        BadInput.Get("/balance?sequence=seven", 400, "invalid-request", "sequence", "seven", "/balance?sequence=0"),
        BadInput.Get("/balance?sequence=8", 412, "sequence-unknown", null, null, "/balance?sequence=7"),
        AdminGet("/admin/weeks/2025-W51/export.csv?for=people-zz", 400, "invalid-request", "for", "people-zz", "/admin/weeks/2025-W51/export.csv?for=spreadsheet"),
        AdminGet("/admin/weeks/2025-W51/export.csv?for=", 400, "invalid-request", "for", null, "/admin/weeks/2025-W51/export.csv"),
        BadInput.Get("/services/no_such", 404, "unknown-service", null, "no_such", "/services/mentor_session"),
        BadInput.Get("/services/..%2Fetc", 404, "unknown-service", null, "etc", "/services/mentor_session"),
        BadInput.Get("/entitlements/Bad-Id", 400, "invalid-request", "service", "Bad-Id", "/entitlements/mentor_session"),
    ];

    private static (string Json, string? Never)[] AmountsThatAreNone =>
    [
        ("\"0\"", null), ("\"0.0\"", null), ("\"-1\"", null), ("\"-0\"", null), ("\"0.0000001\"", "0.0000001"), ("\"1e3\"", "1e3"),
        ("\"1,5\"", "1,5"), ("\"NaN\"", "NaN"), ("1.5", null), ("\"9223372036854.775808\"", "775808"),
        ($"\"{new string('7', 500)}\"", "777777777"), ("\"\uFF11\"", "\uFF11"), ("\" 1\"", null), ("\"+1\"", "+1"), ("\"0x10\"", "0x10"), ("\".5\"", null),
        ("\"5.\"", null), ("true", null), ("{}", null), ("null", null),
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
            input.Path == "/events"
                ? "ingest"
                : IsSpending(input)
                    ? "participant"
                    : input.Method == "GET" && !input.GoodPath.Contains("admin", StringComparison.Ordinal)
                        && !input.GoodPath.Contains("participant=", StringComparison.Ordinal) ? "participant" : "operator",
            $"bad-{line}");

        var answer = await Send(input.Method, input.Path, input.Body, token);
        var fields = answer.Problem(input.Status, input.Slug);
        Assert.Equal(input.Field is null ? [] : [input.Field, .. input.OtherFields], fields);
        if (input.Never is { } never)
        {
            Assert.DoesNotContain(never, answer.WithoutTrace(), StringComparison.Ordinal);
        }

        var good = await Send(
            input.Method, input.GoodPath, input.GoodBody ?? (input.Body is null ? null : GoodEvent), token);
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

    private static BadInput Transfer(string body, string field, string? never, string? good = null) =>
        BadInput.Admin("POST", "/transfer", body, field, never, good ?? """{"to":"bob","amount":"0.000001","note":null}""");

    private static BadInput Purchase(string body, string field, string? never) => BadInput.Admin(
        "POST", "/services/mentor_session/purchase", body, field, never,
        """{"expectedPrice":"100","recipients":{"mentor":"bob"}}""");

    private static BadInput Service(string body, string field, string? never) =>
        BadInput.Admin("PUT", "/services/new_one", body, field, never, GoodService);

    private static BadInput Spend(string body, string field, string? never) => BadInput.Admin(
        "POST", "/admin/treasury/spend", body, field, never,
        """{"fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"why","vestsDays":3650}""");

    private static bool IsSpending(BadInput input) => input.Method != "GET"
        && (input.Path.StartsWith("/transfer", StringComparison.Ordinal) || input.Path.StartsWith("/services", StringComparison.Ordinal));

    private static BadInput AdminGet(string path, int status, string slug, string? field, string? never, string good) =>
        BadInput.Get(path, status, slug, field, never, good);

    private async Task<Answer> Send(string method, string path, string? body, string token)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await fixture.Host.Send(
            new(method), ApiHostUnderTest.Root + path, token, content,
            headers: [("Idempotency-Key", Guid.NewGuid().ToString())]);
    }
}
