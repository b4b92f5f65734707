using System.Net;
using System.Security.Cryptography;
using System.Text;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Causes;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Requests;

/// <summary>Idempotency-Key: what one is, what it is of, and what a second copy is told.</summary>
[Collection(ApiCollection.Name)]
public sealed class IdempotencyTests(ApiFixture fixture)
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";
    private const string Lunch = """{"to":"bob","amount":"12.5","note":"lunch"}""";
    private const string Reason = """{"reason":"agreed"}""";

    private static readonly (string Path, string Role, string Body)[] Keyed =
    [
        ("/transfer", "participant", Lunch),
        ("/services/mentor_session/purchase", "participant", "{}"),
        ($"/admin/purchases/{Id}/refund", "operator", Reason),
        ("/admin/services/mentor_session/admit", "operator", Reason),
        ("/admin/services/mentor_session/withdraw", "operator", Reason),
        ("/admin/treasury/spend", "operator", """{"fund":"treasury","to":"bob","amount":"5","kind":"grant","reason":"why"}"""),
        ($"/admin/treasury/spends/{Id}/approve", "operator", Reason),
        ($"/admin/treasury/spends/{Id}/reject", "operator", Reason),
        ($"/admin/approvals/{Id}/approve", "operator", Reason),
        ($"/admin/approvals/{Id}/reject", "operator", Reason),
        ("/admin/rules/1/withdraw", "operator", Reason),
    ];

    private ApiHostUnderTest Host => fixture.Host;

    public static TheoryData<string, string, string> Writes()
    {
        var writes = new TheoryData<string, string, string>();
        foreach (var (path, role, body) in Keyed)
        {
            writes.Add(path, role, body);
        }

        return writes;
    }

    public static TheoryData<string> Malformed() =>
        ["", new string('k', 256), "a b", "a\tb", "clé", "ключ", "\u007f"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_that_moves_value_needs_a_key_and_its_copies_have_one_answer(
        string path, string role, string body)
    {
        var token = Host.Keys.Token(role, "key-ann");
        var key = Guid.NewGuid().ToString();

        // What is admitted is what was read.
        (string, string)[] read = path.EndsWith("/admit", StringComparison.Ordinal) ? [("If-Match", "*")] : [];

        var missing = await Host.Write("POST", path, token, body, read);
        var first = await Host.Write("POST", path, token, body, [(Header, key), .. read]);
        var second = await Host.Write("POST", path, token, body, [(Header, key), .. read]);
        var other = await Host.Write("POST", path, token, body.Insert(1, " "), [(Header, key), .. read]);
        var twice = await Host.Write("POST", path, token, body, [(Header, key), (Header, key), .. read]);

        missing.Problem(400, "idempotency-key-missing");
        Assert.True((int)first.Status is >= 200 and < 300, first.Text);
        Assert.False(first.Headers.ContainsKey(Replayed));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal("true", second.Headers[Replayed]);
        other.Problem(422, "idempotency-key-reused");
        twice.Problem(400, "idempotency-key-invalid");
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_key_is_1_to_255_visible_ASCII_characters(string key)
    {
        var header = $"{Header}: {key}\r\n";
        var answer = await Raw(header);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("idempotency-key-", answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 201", await Raw($"{Header}: {new string('~', 254)}!\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_headers_are_no_key()
    {
        var answer = await Raw($"{Header}: a\r\n{Header}: a\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("idempotency-key-invalid", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_is_of_the_subject_the_address_and_the_key_and_the_fingerprint_of_the_bodys_bytes()
    {
        await Host.Write("POST", "/transfer", Host.Keys.Token("participant", "key-bea"), Lunch, (Header, "lunch-1"));

        var request = Assert.IsType<TransferRequest>(Assert.Single(Host.Cluster.Spender("key-bea").Asked));
        Assert.Equal(CauseId.Of("request", "key-bea", "POST /transfer", "lunch-1"), request.Key.Id);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Lunch)), request.Key.Fingerprint);
    }

    [Fact]
    public async Task The_same_key_of_another_subject_or_at_another_address_is_another_request()
    {
        var key = Guid.NewGuid().ToString();
        foreach (var service in new[] { "mentor_session", "rented_agent" })
        {
            foreach (var buyer in new[] { "key-cat", "key-dan" })
            {
                var answer = await Host.Write(
                    "POST", $"/services/{service}/purchase", Host.Keys.Token("participant", buyer), "{}", (Header, key));
                Assert.False(answer.Headers.ContainsKey(Replayed));
                Assert.Equal(HttpStatusCode.Created, answer.Status);
            }
        }

        var ids = new[] { "key-cat", "key-dan" }.SelectMany(
            buyer => Host.Cluster.Spender(buyer).Asked.Cast<PurchaseRequest>()).Select(request => request.Key.Id).ToList();
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task Another_spelling_of_the_path_is_the_same_address()
    {
        var token = Host.Keys.Token("participant", "key-eve");
        var key = Guid.NewGuid().ToString();

        var first = await Host.Write("POST", "/transfer", token, Lunch, (Header, key));
        var second = await Host.Write("POST", "/TRANSFER", token, Lunch, (Header, key));

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("true", second.Headers[Replayed]);
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var token = Host.Keys.Token("participant", "key-fay");
        var key = Guid.NewGuid().ToString();
        Host.Cluster.Spender("key-fay").RefusesWith = SpendingRefusal.InsufficientFunds;

        var first = await Host.Write("POST", "/transfer", token, Lunch, (Header, key));
        Host.Cluster.Spender("key-fay").RefusesWith = null;
        var second = await Host.Write("POST", "/transfer", token, Lunch, (Header, key));

        first.Problem(422, "insufficient-funds");
        second.Problem(422, "insufficient-funds");
        Assert.False(first.Headers.ContainsKey(Replayed));
        Assert.Equal("true", second.Headers[Replayed]);
    }

    [Fact]
    public async Task A_silo_that_dies_before_it_answers_is_asked_again_with_the_same_key()
    {
        var spender = Host.Cluster.Spender("key-gil");
        spender.Answers.Deaths.Enqueue(new SiloUnavailableException("dead"));

        var answer = await Host.Write(
            "POST", "/transfer", Host.Keys.Token("participant", "key-gil"), Lunch, (Header, "dead-1"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(2, spender.Answers.Keys.Count);
        Assert.Single(spender.Answers.Keys.Select(key => key.Id).Distinct());
    }

    [Fact]
    public async Task A_replay_is_checked_for_its_token_and_role_as_the_first_copy()
    {
        var key = Guid.NewGuid().ToString();
        await Host.Write("POST", "/transfer", Host.Keys.Token("participant", "key-hal"), Lunch, (Header, key));

        var expired = Host.Keys.Sign(
            new() { ["sub"] = "key-hal", ["role"] = "participant" }, TimeSpan.FromSeconds(-31));
        (await Host.Write("POST", "/transfer", expired, Lunch, (Header, key))).Problem(401, "token-invalid");
        (await Host.Write("POST", "/transfer", Host.Keys.Token("auditor", "key-hal"), Lunch, (Header, key)))
            .Problem(403, "forbidden");
    }

    [Fact]
    public async Task A_body_that_is_malformed_uses_up_no_key()
    {
        var token = Host.Keys.Token("participant", "key-ida");
        (await Host.Write("POST", "/transfer", token, "{", (Header, "once"))).Problem(400, "malformed-json");

        Assert.Equal(HttpStatusCode.Created, (await Host.Write("POST", "/transfer", token, Lunch, (Header, "once"))).Status);
    }

    [Theory]
    [InlineData("PUT", "/admin/services/key_service", """{"name":"A","price":"5","split":[{"role":"mentor","shareBp":10000}]}""")]
    [InlineData("PUT", "/admin/participants?id=key-jon", """{"level":2,"reason":"exam"}""")]
    [InlineData("PUT", "/admin/sources/key-source", """{"completeTo":"2025-12-22T00:00:00Z","required":true}""")]
    [InlineData("POST", "/admin/rules", """{"effectiveFrom":"2026-W10","document":{"version":2}}""")]
    [InlineData("POST", "/admin/weeks/2025-W51/close", """{"reason":"source is down"}""")]
    [InlineData("POST", "/admin/operators", """{"subject":"key-pat","role":"operator","person":"Pat","reason":"on duty"}""")]
    [InlineData("POST", "/admin/operators/end", """{"subject":"key-pat","role":"operator","reason":"has left"}""")]
    [InlineData("POST", "/admin/clock", """{"now":"2025-12-22T00:00:00Z"}""")]
    [InlineData("POST", "/admin/clock/stop", """{"reason":"a digit too many"}""")]
    [InlineData("POST", "/admin/schedule/resume", """{"reason":"clock is right"}""")]
    public async Task Where_a_key_is_a_choice_writes_without_one_are_each_their_own(string method, string path, string body)
    {
        var token = Host.Keys.Token("operator", "key-olga");
        var key = Guid.NewGuid().ToString();

        var one = await Host.Write(method, path, token, body);
        var two = await Host.Write(method, path, token, body);
        var keyed = await Host.Write(method, path, token, body, (Header, key));
        var replay = await Host.Write(method, path, token, body, (Header, key));
        var other = await Host.Write(method, path, token, body.Insert(1, " "), (Header, key));
        var bad = await Host.Write(method, path, token, body, (Header, "a b"));

        Assert.All([one, two, keyed], answer =>
        {
            Assert.True((int)answer.Status is >= 200 and < 300, answer.Text);
            Assert.False(answer.Headers.ContainsKey(Replayed));
        });
        Assert.Equal((keyed.Status, keyed.Text), (replay.Status, replay.Text));
        Assert.Equal("true", replay.Headers[Replayed]);
        other.Problem(422, "idempotency-key-reused");
        bad.Problem(400, "idempotency-key-invalid");
    }

    [Fact]
    public async Task A_watermark_names_its_operator_and_a_change_with_a_key_is_sent_again_where_a_silo_dies()
    {
        var token = Host.Keys.Token("operator", "key-olga");
        await Host.Write("PUT", "/admin/sources/key-named", token, """{"required":true}""");
        Host.Cluster.Participant("key-kim").Deaths.Enqueue(new SiloUnavailableException("dead"));

        var answer = await Host.Write(
            "PUT", "/admin/participants?id=key-kim", token, """{"level":2,"reason":"exam"}""", (Header, "exam"));

        Assert.Equal("key-olga", Host.Cluster.Source("key-named").LastPut?.By);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, Host.Cluster.Participant("key-kim").Changes.Count);
    }

    private Task<string> Raw(string headers) => RawHttp.Send(fixture.Host.Address, string.Join("\r\n",
        $"POST {ApiHostUnderTest.Root}/transfer HTTP/1.1", "Host: stk", "Connection: close",
        $"Authorization: Bearer {Host.Keys.Token("participant", "key-raw")}", "Content-Type: application/json",
        $"Content-Length: {Lunch.Length}", $"{headers}", Lunch));
}
