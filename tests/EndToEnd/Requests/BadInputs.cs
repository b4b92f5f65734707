using System.Globalization;
using System.Text;

namespace Stk.EndToEnd.Requests;

/// <summary>
/// The list of bad input, by its numbers. Those whose request does not exist yet say which address would have it: with
/// that address the row must come.
/// </summary>
internal static class BadInputs
{
    private const int MaxBytes = 32 * 1024 * 1024;
    private const string History = "balance/history";
    private const string Bidi = "x\\u202ezebra";

    // A chain is asked, which an economy has where Node is.
    private const string Withdrawals = "Grains.Tests WithdrawalTests; how each is answered, ApiHost.Tests TransferTests";
    private const string Wallets = "Grains.Tests WalletTests; Solana.Tests LinkProofTests and WalletAddressTests";

    /// <summary>Rows that more than a request is needed for, and the test that holds them.</summary>
    public static readonly IReadOnlyDictionary<int, string> Elsewhere = new Dictionary<int, string>
    {
        [25] = "Grains.Tests IntakeTests: registration is a setting of the silo",
        [62] = "there is no limit of a day while the rule book has none: Rules.Tests and Grains.Tests of spending",
        [63] = Withdrawals,
        [64] = Withdrawals,
        [65] = Withdrawals,
        [75] = Wallets,
        [76] = Wallets,
        [77] = Wallets,
        [78] = Wallets,
        [79] = Wallets,
        [80] = Wallets,
        [81] = Wallets,
        [82] = Wallets,
        [83] = Wallets,
        [84] = Wallets,
        [85] = Wallets,
        [86] = Wallets,
        [87] = Wallets,
        [96] = "ApiHost.Tests AdminTests: the manual clock in Production",
        [109] = "ApiHost.Tests TokenTests",
        [110] = "ApiHost.Tests TokenTests",
        [111] = "ApiHost.Tests TokenTests",
        [112] = "ApiHost.Tests TokenTests",
        [113] = "ApiHost.Tests TokenTests",
        [114] = "ApiHost.Tests TokenTests",
        [115] = "ApiHost.Tests TokenTests",
        [116] = "ApiHost.Tests TokenTests",
        [117] = "ApiHost.Tests TokenTests",
        [123] = "ApiHost.Tests LimitTests",
    };

    /// <summary>Rows and names, which no economy is needed for.</summary>
    public static IEnumerable<(int Row, string What)> Names =>
        Of("""{"rewards":5000,"weight":50,}""", "A", () => "").Select(input => (input.Row, input.What));

    /// <param name="rules">The rule book in force.</param>
    /// <param name="cursor">The cursor of ann's second page.</param>
    /// <param name="comingWeek">A week later than any that rules have been announced for; each time another.</param>
    public static IEnumerable<BadInput> Of(string rules, string cursor, Func<string> comingWeek) =>
        [
            .. Bodies(),
            .. Items(),
            .. Administration(rules, comingWeek),
            .. Transfers(),
            .. Purchases(),
            .. Reads(cursor),
            .. Wire(),
        ];

    private static IEnumerable<BadInput> Bodies()
    {
        var good = Asking.Events(Event());
        yield return new(1, "empty", Asking.Events(""), 400, "malformed-json", null, good);
        yield return new(2, "cut", Asking.Events("{"), 400, "malformed-json", null, good);
        yield return new(3, "no UTF-8", Asking.Events(() => [.. Encoding.UTF8.GetBytes(Event())[..^1], 0xC3, 0x28]),
            400, "malformed-json", null, good);
        yield return new(4, "half a surrogate pair", Asking.Events(Event(more: "\"extra\":\"\\ud800\"")),
            400, "malformed-json", null, Asking.Events(Event(more: "\"extra\":\"\\ud83d\\ude00\"")));
        yield return new(5, "17 deep", Asking.Events(Event(more: $"\"extra\":{Nested(16)}")),
            400, "malformed-json", null, Asking.Events(Event(more: $"\"extra\":{Nested(15)}")));
        yield return new(6, "a name twice", Asking.Events(Event(properties: """{"twin":1,"twin":2}""")),
            400, "malformed-json", null, Asking.Events(Event(properties: """{"twin":1,"twim":2}""")), "twin");
        yield return new(7, "no event", Asking.Events("[]"), 400, "empty-batch", null, Asking.Events($"[{Event()}]"));
        yield return new(8, "null", Asking.Events("null"), 400, "invalid-request", "body", good);
        yield return new(9, "10,001 events", Asking.Events(() => Batch(10_001)), 413, "batch-too-large", null, Asking.Events(() => Batch(10_000)));
        yield return new(10, "32 MiB and a byte", new("POST", "events", "ingest", "club")
        {
            Raw = $"""
                POST /api/v1/tokenomics/events HTTP/1.1
                Host: stk
                Connection: close
                Authorization: Bearer TOKEN
                Content-Type: application/json
                Content-Length: {MaxBytes + 1}


                """,
        }, 413, "body-too-large", null, Asking.Events(() => Padded(MaxBytes)));
        yield return new(11, "a bomb", Asking.Events(() => Asking.Gzip(Mixed(MaxBytes + 1))) with { Encodings = ["gzip"] },
            413, "body-too-large", null, Asking.Events(() => Asking.Gzip(Mixed(MaxBytes))) with { Encodings = ["gzip"] });
        yield return new(12, "XML", good with { Type = "text/xml" }, 415, "unsupported-media-type", null,
            good with { Type = "application/json; charset=utf-8" });
        var lines = good with { Type = "application/x-ndjson" };
        yield return new(16, "a cut line", lines with { Body = () => Encoding.UTF8.GetBytes($"{Event()}\n{Event()[..^1]}") },
            400, "truncated-body", null, lines);
        var zipped = Asking.Gzip(Encoding.UTF8.GetBytes(Event()));
        var goodGzip = Asking.Events(() => zipped) with { Encodings = ["gzip"] };
        yield return new(13, "gzip twice", Asking.Events(() => Asking.Gzip(zipped)) with { Encodings = ["gzip", "gzip"] },
            415, "unsupported-encoding", null, goodGzip);
        yield return new(14, "no gzip", good with { Encodings = ["gzip"] }, 400, "malformed-encoding", null, goodGzip);
        yield return new(15, "cut gzip", goodGzip with { Body = () => zipped[..^1] }, 400, "malformed-encoding", null, goodGzip);
    }

    private static IEnumerable<BadInput> Items()
    {
        yield return Item(17, "no uuid", Event(uuid: null), "uuid");
        yield return Item(18, "no UUID", Event(uuid: "\"not-a-uuid\""), "uuid", "not-a-uuid");
        yield return Item(19, "nobody", Event(participant: null), "distinct_id");
        yield return Item(19, "a placeholder", Event(participant: "\"Undefined\""), "distinct_id", "Undefined", Event(participant: "\"undefined-1\""));
        yield return Item(20, "a name of 10,000 characters", Event(participant: Text(10_000)), "distinct_id", "qqqq", Event(participant: Text(200)));
        yield return Item(21, "NUL", Event(participant: "\"zebra\\u0000\""), "distinct_id", "zebra");
        yield return Item(22, "a line break", Event(participant: "\"zebra\\n\""), "distinct_id", "zebra");
        yield return Item(23, "text that turns round", Event(participant: $"\"{Bidi}\""), "distinct_id", "zebra", Event(participant: "\"xzebra\""));
        yield return Item(24, "a number", Event(participant: "1234567"), "distinct_id", "1234567", Event(participant: "\"1234567\""));
        yield return Item(26, "no type", Event(type: "null"), "event");
        yield return Item(28, "no time", Event(at: null), "timestamp");
        yield return Item(29, "no offset", Event(at: "2025-12-22T07:00:00"), "timestamp", "2025-12-22");
        yield return Item(30, "year 1", Event(at: "0001-01-01T00:00:00Z"), "timestamp", "0001", Event(at: "2000-01-01T00:00:00Z"));
        yield return Item(31, "30 February", Event(at: "2025-02-30T07:00:00Z"), "timestamp", "02-30", Event(at: "2025-02-28T07:00:00Z"));
        yield return Item(32, "year 9999", Event(at: "9999-12-31T23:59:59Z"), "timestamp", "9999", Event());
        yield return Item(33, "5 min 1 s ahead", Event(at: "2025-12-22T08:05:01Z"), "timestamp", "08:05", Event(at: "2025-12-22T08:05:00Z"));
        yield return Item(34, "a list of properties", Event(properties: "[]"), "properties");
        yield return Item(4, "half a surrogate pair in properties", Event(properties: """{"a":"\ud800"}"""), "properties", null,
            Event(properties: """{"a":"\ud83d\ude00"}"""));
        yield return Item(5, "33 deep in properties", Event(properties: Nested(33)), "properties", null, Event(properties: Nested(32)));
        yield return Item(35, "65 KiB of properties", Event(properties: $$"""{"a":{{Text(65 * 1024)}}}"""), "properties", "qqqq",
            Event(properties: $$"""{"a":{{Text((64 * 1024) - 10)}}}"""));
        yield return Item(36, "91 days", Event(type: "\"ProjectMilestoneCompleted\"", properties: """{"days":91}"""), "properties.days", "91",
            Event(type: "\"ProjectMilestoneCompleted\"", properties: """{"days":90}"""));
        var self = Guid.NewGuid();
        yield return Item(38, "retracts itself", Retraction(self, self), "properties.retracts", null, Retraction(Guid.NewGuid(), self));
        var foreign = Asking.Events(Retraction(Guid.NewGuid(), AskedEconomy.Counted));
        yield return new(39, "retracts another source's", foreign with { Subject = "forum" }, 422, "event-rejected",
            "properties.retracts", foreign);
    }

    private static IEnumerable<BadInput> Transfers()
    {
        string[] amounts =
        [
            "\"0\"", "\"-1\"", "\"-0\"", "\"0.0000001\"", "\"1e3\"", "\"1,5\"", "\"NaN\"", "1.5", "\"9223372036854.775808\"",
            $"\"{new string('7', 500)}\"", "\"\uff11\"",
        ];
        var good = Transfer();
        for (var place = 0; place < amounts.Length; place++)
        {
            yield return new(42 + place, $"an amount of {(amounts[place].Length > 30 ? "500 digits" : amounts[place])}", Transfer(amount: amounts[place]),
                400, "invalid-request", "amount", good, amounts[place].Length > 12 ? "7777" : null);
        }

        yield return new(53, "nobody", Transfer(to: "null"), 400, "invalid-request", "to", good);
        yield return new(54, "to oneself", Transfer(to: "\"ann\""), 422, "self-transfer", null, good);
        yield return new(55, "to a stranger", Transfer(to: "\"zebra-unknown\""), 404, "unknown-participant", null, good, "zebra");
        yield return new(56, "to issuance", Transfer(to: "\"issuance\""), 404, "unknown-participant", null, good);
        yield return new(57, "to a fund", Transfer(to: "\"fund:rewards\""), 404, "unknown-participant", null, good);
        yield return new(58, "a note of 281", Transfer(note: Text(281)), 400, "invalid-request", "note", Transfer(note: Text(280)), "qqqq");
        yield return new(59, "a note that turns round", Transfer(note: $"\"{Bidi}\""), 400, "invalid-request", "note", Transfer(note: "\"xzebra\""), "zebra");
        yield return new(59, "a lone joiner", Transfer(note: "\"zebra\u200d\""), 400, "invalid-request", "note",
            Transfer(note: "\"\U0001F469\u200D\U0001F4BB \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u0915\u094D\u200D\u0937\""), "zebra");
        yield return new(60, "a fee of one's own", Asking.Spend("transfer", """{"to":"bob","amount":"0.000001","fee":"0"}"""), 400, "invalid-request", "$", good);
        yield return new(61, "more than there is", Transfer(amount: "\"1000000000\""), 422, "insufficient-funds", null, good);
        yield return new(71, "no key", good with { Key = null }, 400, "idempotency-key-missing", null, good);
        yield return new(72, "a key of 256", good with { Key = new string('q', 256) }, 400, "idempotency-key-invalid", null,
            good with { Key = new string('q', 255) }, "qqqq");
        yield return new(73, "two keys", RawTransfer("Idempotency-Key: one\nIdempotency-Key: two"), 400, "idempotency-key-invalid", null,
            RawTransfer($"Idempotency-Key: {Guid.NewGuid()}"));
    }

    private static IEnumerable<BadInput> Purchases()
    {
        var good = Asking.Spend($"services/{AskedEconomy.Service}/purchase", "{}");
        yield return new(66, "a service withdrawn", Asking.Spend($"services/{AskedEconomy.Withdrawn}/purchase", "{}"), 410, "service-withdrawn", null, good);
        yield return new(67, "an old price", Asking.Spend($"services/{AskedEconomy.Service}/purchase", """{"expectedPrice":"0.5"}"""),
            412, "price-changed", null, Asking.Spend($"services/{AskedEconomy.Service}/purchase", """{"expectedPrice":"0.000001"}"""), "0.5");
        yield return new(68, "no mentor", Asking.Spend($"services/{AskedEconomy.Mentored}/purchase", """{"recipients":{"mentor":"zebra"}}"""),
            422, "recipient-unresolved", null, Mentored("bob"), "zebra");
        yield return new(69, "oneself as mentor", Mentored("ann"), 422, "recipient-unresolved", null, Mentored("bob"));
        yield return new(70, "no service", Asking.Spend("services/zebra/purchase", "{}"), 404, "unknown-service", null, good, "zebra");
        yield return new(106, "a version that is none", RawPurchase("If-Match: zebra"), 400, "invalid-request", "If-Match", RawPurchase("If-Match: \"1\""), "zebra");
    }

    private static Asking Mentored(string mentor) =>
        Asking.Spend($"services/{AskedEconomy.Mentored}/purchase", $$$"""{"recipients":{"mentor":"{{{mentor}}}"}}""");

    private static Asking Transfer(string to = "\"bob\"", string amount = "\"0.000001\"", string note = "\"thanks\"") =>
        Asking.Spend("transfer", $$"""{"to":{{to}},"amount":{{amount}},"note":{{note}}}""");

    private static Asking RawTransfer(string headers) => RawWrite("transfer", headers, """{"to":"bob","amount":"0.000001"}""");

    private static Asking RawPurchase(string headers) =>
        RawWrite($"services/{AskedEconomy.Service}/purchase", $"{headers}\nIdempotency-Key: {Guid.NewGuid()}", "{}");

    private static Asking RawWrite(string path, string headers, string body) => new("POST", path, "participant")
    {
        Raw = $"POST /api/v1/tokenomics/{path} HTTP/1.1\nHost: stk\nConnection: close\nAuthorization: Bearer TOKEN\n{headers}\n"
            + $"Content-Type: application/json\nContent-Length: {body.Length}\n\n{body}",
    };

    private static IEnumerable<BadInput> Administration(string book, Func<string> comingWeek)
    {
        var close = Asking.Operator("POST", "admin/weeks/2025-W51/close", "{}");
        yield return new(88, "week 53 of a year of 52", close with { Path = "admin/weeks/2025-W53/close" }, 400, "invalid-request", "week", close, "W53");
        yield return new(89, "week 0", close with { Path = "admin/weeks/2025-W00/close" }, 400, "invalid-request", "week", close, "W00");
        yield return new(90, "an open week", close with { Path = "admin/weeks/2025-W52/close" }, 409, "week-not-closable", null, close);

        var rules = Proposal(comingWeek, book);
        yield return new(92, "a split of 9,999", Proposal(comingWeek, Replace(book, "\"rewards\":5000", "\"rewards\":4999")),
            422, "split-not-whole", "document.emission", rules, "4999");
        yield return new(93, "a weight below zero", Proposal(comingWeek, Replace(book, "\"weight\":50,", "\"weight\":-1,")),
            400, "invalid-request", "document.activities[0].weight", rules);
        yield return new(94, "a weight of 10^18", Proposal(comingWeek, Replace(book, "\"weight\":50,", "\"weight\":1000000000000000000,")),
            400, "invalid-request", "document.activities[0].weight", rules, "1000000000000000000");
        yield return new(95, "a rule for a sealed week", Proposal(() => "2025-W51", book), 409, "week-sealed", null, rules);

        var clock = Asking.Operator("POST", "admin/clock", """{"now":"2025-12-22T08:00:00Z"}""");
        yield return new(97, "an earlier time", Asking.Operator("POST", "admin/clock", """{"now":"2025-12-22T07:59:59Z"}"""),
            409, "clock-backwards", null, clock, "07:59");
        yield return new(98, "no reason", Asking.Operator("PUT", "admin/participants?id=ann", """{"level":2,"reason":""}"""),
            400, "invalid-request", "reason", Asking.Operator("PUT", "admin/participants?id=ann", """{"level":2,"reason":"exam"}"""));
    }

    private static IEnumerable<BadInput> Reads(string cursor)
    {
        var page = Asking.Ann($"{History}?limit=1&cursor={Uri.EscapeDataString(cursor)}");
        yield return new(99, "an altered cursor", Asking.Ann($"{History}?limit=1&cursor={Uri.EscapeDataString(Altered(cursor))}"),
            400, "invalid-cursor", null, page, Altered(cursor));
        yield return new(100, "another's cursor", page with { Subject = "bob" }, 400, "invalid-cursor", null, page, cursor);
        yield return new(101, "no item", Asking.Ann($"{History}?limit=0"), 400, "invalid-request", "limit", Asking.Ann($"{History}?limit=1"));
        yield return new(102, "from after to", Asking.Ann("transactions?from=2025-12-16&to=2025-12-15"), 400, "invalid-request", "from",
            Asking.Ann("transactions?from=2025-12-15&to=2025-12-16"), "12-16");
        yield return new(103, "twice", Asking.Ann($"{History}?limit=1&limit=2"), 400, "invalid-request", "limit", Asking.Ann($"{History}?limit=2"));
        yield return new(104, "a sheet", Asking.Ann("rewards/weekly?week=2025-W51&format=xls"), 406, "not-acceptable", null,
            Asking.Ann("rewards/weekly?week=2025-W51&format=json"), "xls");
        yield return new(105, "a path", Asking.Ann("rewards/weekly?week=../../etc"), 400, "invalid-request", "week",
            Asking.Ann("rewards/weekly?week=2025-W51&format=json"), "etc");
        yield return new(107, "no token", Asking.Ann("balance") with { Role = null }, 401, "token-missing", null, Asking.Ann("balance"));
        yield return new(108, "a token in the query", Raw("/balance?access_token=TOKEN"), 401, "token-missing", null, Asking.Ann("balance"));
        yield return new(119, "another role's", Asking.Ann("admin/totals"), 403, "forbidden", null, Asking.Operator("GET", "admin/totals"));
        yield return new(120, "another's balance", Asking.Ann("balance?participant=bob"), 404, "not-found", null, Asking.Ann("balance?participant=ann"), "bob");
    }

    private static IEnumerable<BadInput> Wire()
    {
        const string Token = "\nAuthorization: Bearer TOKEN";
        yield return new(118, "two tokens", Raw("/balance", Token + Token), 401, "token-invalid", null, Raw("/balance", Token));
        yield return new(121, "33 KiB of headers", Raw("/balance", $"{Token}\nX-Long: {new string('q', 33 * 1024)}"), 431, "", null,
            Raw("/balance", $"{Token}\nX-Long: {new string('q', 30 * 1024)}"), "qqqq", IsBare: true);
        yield return new(122, "a length and chunks", Chunked("\nContent-Length: 2"), 400, "malformed-request", null, Chunked(""));
    }

    private static BadInput Item(
        int row, string what, string bad, string field, string? never = null, string? good = null) =>
        new(row, what, Asking.Events(bad), 422, "event-rejected", field, Asking.Events(good ?? Event()), never);

    private static Asking Raw(string path, string headers = "") => new("GET", path, "participant")
    {
        Raw = $"GET /api/v1/tokenomics{path} HTTP/1.1\nHost: stk\nConnection: close{headers}\n\n",
    };

    private static Asking Chunked(string header)
    {
        var body = Event();
        return new("POST", "events", "ingest", "club")
        {
            Raw = "POST /api/v1/tokenomics/events HTTP/1.1\nHost: stk\nConnection: close\nAuthorization: Bearer TOKEN\n"
                + $"Content-Type: application/json{header}\nTransfer-Encoding: chunked\n\n{body.Length:x}\n{body}\n0\n\n",
        };
    }

    private static Asking Proposal(Func<string> from, string document) => Asking.Operator("POST", "admin/rules") with
    {
        Body = () => Encoding.UTF8.GetBytes($$"""{"effectiveFrom":"{{from()}}","document":{{document}}}"""),
    };

    private static string Replace(string document, string old, string with)
    {
        var place = document.IndexOf(old, StringComparison.Ordinal);
        Assert.True(place >= 0, $"the rule book has no {old}: {document}");
        return $"{document[..place]}{with}{document[(place + old.Length)..]}";
    }

    private static string Altered(string cursor) => (cursor[0] == 'A' ? "B" : "A") + cursor[1..];

    private static string Text(int length) => $"\"{new string('q', length)}\"";

    private static string Nested(int lists) => $$"""{"a":{{new string('[', lists - 1)}}{{new string(']', lists - 1)}}}""";

    private static byte[] Padded(int length)
    {
        var padded = new byte[length];
        padded.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes(Event()).CopyTo(padded, 0);
        return padded;
    }

    // Blanks of four kinds by chance: packed they are a quarter, and within the ratio that a body may unpack to.
    private static byte[] Mixed(int length)
    {
        var mixed = Padded(length);
        var random = new Random(11);
        for (var place = Event().Length; place < length; place++)
        {
            mixed[place] = " \t\r\n"u8[random.Next(4)];
        }

        return mixed;
    }

    private static byte[] Batch(int events) =>
        Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, events).Select(_ => Event()))}]");

    private static string Retraction(Guid uuid, Guid target) => Event(
        uuid: $"\"{uuid}\"", type: "\"SectionCompletedRetracted\"", properties: $$"""{"retracts":"{{target}}"}""");

    // Each its own: a second one would be a duplicate, and no good input.
    private static string Event(
        string? uuid = "", string? type = "\"SectionCompleted\"", string? participant = "\"ann\"", string? at = "2025-12-22T07:00:00Z",
        string properties = "{}", string? more = null)
    {
        var members = new List<string> { string.Create(CultureInfo.InvariantCulture, $"\"properties\":{properties}") };
        if (more is not null)
        {
            members.Add(more);
        }

        Add("uuid", uuid?.Length == 0 ? $"\"{Guid.NewGuid()}\"" : uuid);
        Add("event", type);
        Add("distinct_id", participant);
        Add("timestamp", at is null ? null : $"\"{at}\"");
        return $"{{{string.Join(',', members)}}}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                members.Add($"\"{name}\":{value}");
            }
        }
    }
}
