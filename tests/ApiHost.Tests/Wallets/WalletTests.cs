using System.Net;
using System.Text;
using Stk.ApiHost.Tests.Authentication;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Hosting;
using Stk.Hosting.Certificates;
using Stk.Rules.Wallets;

namespace Stk.ApiHost.Tests.Wallets;

[Collection(ApiCollection.Name)]
public sealed class WalletTests(ApiFixture fixture)
{
    private const string Address = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";
    private const string Asked = $$"""{"address":"{{Address}}","form":"message"}""";
    private const string Signed = $$"""{"challenge":"{{FakeWallet.Nonce}}","signature":"sig"}""";

    private static readonly long SignedInAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task Where_STK_are_sent_back_to_is_an_address_of_Solana_Pay()
    {
        Host.Cluster.Wallet("wl-back").Deposit = new("vault", "mint", "stk-17-k3q7x0ab");

        Assert.Equal(
            """{"address":"vault","mint":"mint","memo":"stk-17-k3q7x0ab","url":"solana:vault?spl-token=mint&memo=stk-17-k3q7x0ab"}""",
            (await Host.Get($"{ApiHostUnderTest.Root}/wallet", Token("wl-back"))).Json.GetProperty("deposit").GetRawText()
                .Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wallet_is_linked_by_what_answers_its_challenge_and_the_mode_is_its_own()
    {
        var ann = Token("wl-ann");
        Assert.Equal(
            """
            {"address":null,"linkedAt":null,"payableFrom":null,"mode":"keep","tokenAccount":null,"inFlight":"0","lifetime":{"sent":"0","deposited":"0"},"deposit":null}
            """,
            (await Host.Get($"{ApiHostUnderTest.Root}/wallet", ann)).Text);

        var challenge = (await Host.Write("POST", "/wallet/challenge", ann, Asked)).Json;
        Assert.Equal(FakeWallet.Nonce, challenge.GetProperty("challenge").GetString());
        Assert.Equal(
            ["domain", "address", "statement", "uri", "version", "chainId", "nonce", "issuedAt", "expirationTime"],
            challenge.GetProperty("input").EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-01-05T08:00:00.000Z", challenge.GetProperty("input").GetProperty("issuedAt").GetString());
        Assert.Equal(Host.Address.Authority, challenge.GetProperty("input").GetProperty("domain").GetString());

        var linked = await Host.Write("POST", "/wallet/link", ann, Signed, ("Idempotency-Key", "wl-1"));
        var again = await Host.Write("POST", "/wallet/link", ann, Signed, ("Idempotency-Key", "wl-1"));
        Assert.Equal("wallet", linked.Json.GetProperty("address").GetString());
        Assert.Equal((linked.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(SignedInAt), Wallet("wl-ann").Links.First().SignedInAt);

        var mode = await Host.Write("PUT", "/wallet/mode", ann, """{"mode":"weekly"}""", ("Idempotency-Key", "wl-2"));
        Assert.Equal("weekly", mode.Json.GetProperty("mode").GetString());
        var ended = await Host.Send(
            HttpMethod.Delete, $"{ApiHostUnderTest.Root}/wallet", ann, headers: ("Idempotency-Key", "wl-3"));
        Assert.Equal((HttpStatusCode.OK, "weekly"), (ended.Status, ended.Json.GetProperty("mode").GetString()));
    }

    [Fact]
    public async Task A_transaction_is_asked_for_and_taken_in_base64()
    {
        var bob = Token("wl-bob");
        var challenge = await Host.Write(
            "POST", "/wallet/challenge", bob, $$"""{"address":"{{Address}}","form":"transaction"}""");
        Assert.Equal("AQID", challenge.Json.GetProperty("transaction").GetString());

        await Host.Write(
            "POST", "/wallet/link", bob, $$"""{"challenge":"{{FakeWallet.Nonce}}","transaction":"AQID"}""",
            ("Idempotency-Key", "wl-4"));
        Assert.Equal([1, 2, 3], Assert.Single(Wallet("wl-bob").Links).Transaction);
    }

    [Theory]
    [InlineData(WalletRefusal.SettlementOff, null, 503, "unavailable")]
    [InlineData(WalletRefusal.ChainSilent, null, 503, "unavailable")]
    [InlineData(WalletRefusal.UnknownParticipant, null, 404, "not-found")]
    [InlineData(WalletRefusal.LoginNotFresh, null, 403, "fresh-login-needed")]
    [InlineData(WalletRefusal.Malformed, "signature", 400, "invalid-request")]
    [InlineData(WalletRefusal.ChallengeInvalid, null, 400, "challenge-invalid")]
    [InlineData(WalletRefusal.NotAllowed, "address", 422, "wallet-not-allowed")]
    [InlineData(WalletRefusal.InUse, null, 409, "wallet-in-use")]
    [InlineData(WalletRefusal.NoWallet, null, 422, "no-wallet")]
    public async Task Why_nothing_was_linked_is_named(WalletRefusal reason, string? field, int status, string slug)
    {
        var cat = Token("wl-cat");
        Wallet("wl-cat").Refusal = new(reason, field, field is null ? null : "must be good");
        string[] fields = field is null ? [] : [field];

        var key = Guid.NewGuid().ToString();
        Assert.Equal(fields, (await Host.Write("POST", "/wallet/link", cat, Signed, ("Idempotency-Key", key))).Problem(status, slug));
        Assert.Equal(fields, (await Host.Write("POST", "/wallet/challenge", cat, Asked)).Problem(status, slug));
        Assert.Equal(fields, (await Host.Get($"{ApiHostUnderTest.Root}/wallet", cat)).Problem(status, slug));
    }

    [Theory]
    [InlineData("/wallet/challenge", """{"address":"a"}""", "form")]
    [InlineData("/wallet/challenge", """{"address":7,"form":"message"}""", "address")]
    [InlineData("/wallet/challenge", """{"address":"a","form":"oath"}""", "form")]
    [InlineData("/wallet/challenge", """{"address":"a","form":"message","domain":"evil.example"}""", "$")]
    [InlineData("/wallet/link", """{"signature":"a"}""", "challenge")]
    [InlineData("/wallet/link", """{"challenge":"a"}""", "signature")]
    [InlineData("/wallet/link", """{"challenge":"a","signature":"a","transaction":"AQID"}""", "signature")]
    [InlineData("/wallet/link", """{"challenge":"a","signature":"a","signedMessage":"%"}""", "signedMessage")]
    [InlineData("/wallet/link", """{"challenge":"a","signature":"a","participant":"bob"}""", "$")]
    public async Task What_breaks_a_rule_is_named_by_its_field(string path, string body, string field) => Assert.Equal(
        [field],
        (await Host.Write("POST", path, Token("wl-dan"), body, ("Idempotency-Key", Guid.NewGuid().ToString())))
            .Problem(400, "invalid-request"));

    [Fact]
    public async Task A_transaction_that_is_none_and_one_that_is_too_long_are_named()
    {
        var dan = Token("wl-dan");
        foreach (var transaction in (string[])["%", Convert.ToBase64String(new byte[2_049])])
        {
            Assert.Contains(
                "transaction",
                (await Host.Write(
                    "POST", "/wallet/link", dan, $$"""{"challenge":"a","transaction":"{{transaction}}"}""",
                    ("Idempotency-Key", Guid.NewGuid().ToString()))).Problem(400, "invalid-request"));
        }
    }

    [Theory]
    [InlineData("POST", "/wallet/link", Signed)]
    [InlineData("PUT", "/wallet/mode", """{"mode":"keep"}""")]
    [InlineData("DELETE", "/wallet", "{}")]
    public async Task A_change_needs_a_key(string method, string path, string body) =>
        (await Host.Write(method, path, Token("wl-eve"), body)).Problem(400, "idempotency-key-missing");

    [Theory]
    [InlineData("https://stk.example", "stk.example")]
    [InlineData("https://STK.example", "stk.example")]
    [InlineData("https://club.example:8443", "club.example:8443")]
    [InlineData(null, "stk.example")]
    public async Task A_challenge_is_of_the_page_that_asks(string? origin, string domain)
    {
        await using var host = await ApiHostUnderTest.Start(
            "--Stk:SignIn:Domains:0=stk.example", "--Stk:SignIn:Domains:1=club.example:8443");
        var answer = await Challenge(host, origin);
        Assert.Equal(domain, answer.Json.GetProperty("input").GetProperty("domain").GetString());
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://stk.example.evil.example")]
    [InlineData("https://stk.example:8443")]
    [InlineData("null")]
    [InlineData("file:///stk.example")]
    public async Task Anothers_page_gets_no_challenge(string origin)
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:SignIn:Domains:0=stk.example");
        Assert.Equal(["Origin"], (await Challenge(host, origin)).Problem(400, "invalid-request"));
        Assert.Empty(host.Cluster.Wallet("ann").Challenges);
    }

    [Fact]
    public async Task In_Development_pages_of_this_machine_need_not_be_named()
    {
        Assert.Equal(
            "localhost:5173",
            (await Challenge(Host, "http://localhost:5173")).Json.GetProperty("input").GetProperty("domain").GetString());
        Assert.Equal(["Origin"], (await Challenge(Host, "https://stk.example")).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task Outside_Development_a_page_that_is_not_named_gets_no_challenge()
    {
        using var keys = new TestKeys("stk-2025");
        using var certificates = new TestCertificates();
        await using var host = await ApiHostUnderTest.Start(
            keys, ["--environment=Production", .. certificates.Settings(HostRole.Api)]);

        Assert.Equal(["Origin"], (await Challenge(host, "http://127.0.0.1")).Problem(400, "invalid-request"));
        (await Challenge(host, origin: null)).Problem(503, "unavailable");
        Assert.Empty(host.Cluster.Wallet("ann").Challenges);
    }

    [Fact]
    public async Task What_is_no_domain_refuses_to_start() => Assert.Contains(
        "Stk:SignIn:Domains",
        (await Assert.ThrowsAsync<RefusedToStartException>(
            () => ApiHostUnderTest.Start("--Stk:SignIn:Domains:0=https://stk.example"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Whatever_comes_as_a_proof_is_taken_or_refused_by_name()
    {
        var fay = Token("wl-fay");
        byte[][] samples =
        [
            Encoding.UTF8.GetBytes(Signed), Encoding.UTF8.GetBytes(Asked),
            Encoding.UTF8.GetBytes($$"""{"challenge":"{{FakeWallet.Nonce}}","signature":"sig","signedMessage":"AQID"}"""),
            Encoding.UTF8.GetBytes($$"""{"challenge":"{{FakeWallet.Nonce}}","transaction":"AQID"}"""),
        ];
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            using var content = new ByteArrayContent(Mutation.Of(samples[random.Next(samples.Length)], random));
            content.Headers.ContentType = new("application/json");
            var answer = await Host.Send(
                HttpMethod.Post, ApiHostUnderTest.Root + (seed % 2 == 0 ? "/wallet/link" : "/wallet/challenge"), fay, content,
                headers: ("Idempotency-Key", $"wl-fuzz-{seed}"));
            Assert.True(
                answer.Status == HttpStatusCode.OK || ((int)answer.Status is >= 400 and < 500 && answer.Type == "application/problem+json"),
                $"seed {seed}: {(int)answer.Status} {answer.Text}");
        }
    }

    private FakeWallet Wallet(string id) => Host.Cluster.Wallet(id);

    private string Token(string subject) => Host.Keys.Sign(
        new() { ["sub"] = subject, ["role"] = "participant", ["auth_time"] = SignedInAt });

    private static async Task<Answer> Challenge(ApiHostUnderTest host, string? origin) => await host.Write(
        "POST", "/wallet/challenge", host.Keys.Token("participant"), Asked,
        origin is null ? [] : [("Origin", origin)]);
}
