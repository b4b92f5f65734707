using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Authentication;

[Collection(ApiCollection.Name)]
public sealed class TokenTests(ApiFixture fixture)
{
    private const string Path = ApiHostUnderTest.Root + "/balance";

    private TestKeys Keys => fixture.Host.Keys;

    public static TheoryData<string> BadTokens() =>
    [
        "alg none", "HS256 with the public key", "other key", "expired 31 s", "not before in 60 s", "other audience",
        "no audience", "other issuer", "no sub", "sub with a line break", "sub of 201 characters", "kid of a path",
        "kid in other case", "unknown role", "no role", "two roles", "sign-in code", "sign-in code with a role", "garbage", "two in one",
        "critical extension", "sub of blanks", "operator with a blank behind", "auditor with a selector", "operator's name of ours",
        "operator of 13 hours", "auditor of next week", "operator who does not say since when",
    ];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_token_gets_the_one_answer_that_says_nothing(string kind)
    {
        var answer = await fixture.Host.Get(Path, Make(kind));
        var garbage = await fixture.Host.Get(Path, "garbage");

        Assert.Empty(answer.Problem(401, "token-invalid"));
        Assert.Equal(garbage.WithoutTrace(), answer.WithoutTrace());
        Assert.Equal("Bearer realm=\"stk\", error=\"invalid_token\"", answer.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData(0, 300)]
    [InlineData(-3600, -20)]
    [InlineData(20, 300)]
    public async Task A_good_token_passes_also_within_the_skew(int fromSeconds, int toSeconds)
    {
        var token = Keys.Sign(
            Claims(), TimeSpan.FromSeconds(toSeconds), TimeSpan.FromSeconds(fromSeconds));

        Assert.Equal("1584", (await fixture.Host.Get(Path, token)).Json.GetProperty("available").GetString());
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused()
    {
        const string Claims = """{"sub":"ann","role":"participant","iss":"stk","aud":"stk" """;
        var end = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();

        (await fixture.Host.Get(Path, Keys.SignRaw(Claims + "}"))).Problem(401, "token-invalid");
        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Get(Path, Keys.SignRaw($"{Claims},\"exp\":{end}}}"))).Status);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_read() =>
        (await fixture.Host.Get($"{Path}?access_token={Keys.Token("participant")}")).Problem(401, "token-missing");

    [Fact]
    public async Task Two_Authorization_headers_are_refused()
    {
        var header = $"Authorization: Bearer {Keys.Token("participant")}\r\n";

        Assert.StartsWith("HTTP/1.1 200", await RawHttp.Send(
            fixture.Host.Address, $"GET {Path} HTTP/1.1\r\nHost: stk\r\nConnection: close\r\n{header}\r\n"), StringComparison.Ordinal);
        var answer = await RawHttp.Send(
            fixture.Host.Address, $"GET {Path} HTTP/1.1\r\nHost: stk\r\nConnection: close\r\n{header}{header}\r\n");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("token-invalid", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_32_KiB_of_headers_are_refused()
    {
        var answer = await RawHttp.Send(
            fixture.Host.Address,
            $"GET {Path} HTTP/1.1\r\nHost: stk\r\nX-Long: {new string('a', 33 * 1024)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Claims(object? role = null, object? subject = null) =>
        new() { ["sub"] = subject ?? "ann", ["role"] = role ?? "participant" };

    private string Make(string kind)
    {
        switch (kind)
        {
            case "alg none":
                return $"{Encode("""{"alg":"none","typ":"JWT","kid":"development-test"}""")}.{Body()}.";
            case "HS256 with the public key":
                var signed = $"{Encode("""{"alg":"HS256","typ":"JWT","kid":"development-test"}""")}.{Body()}";
                return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Keys.PublicPem), Encoding.UTF8.GetBytes(signed)))}";
            case "other key":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    return Keys.Sign(Claims(), key: other);
                }

            case "expired 31 s":
                return Keys.Sign(Claims(), TimeSpan.FromSeconds(-31));
            case "not before in 60 s":
                return Keys.Sign(Claims(), notBefore: TimeSpan.FromSeconds(60));
            case "other audience":
                return Keys.Sign(Claims(), audience: "club");
            case "no audience":
                return Keys.Sign(Claims(), audience: null);
            case "other issuer":
                return Keys.Sign(Claims(), issuer: "club");
            case "no sub":
                return Keys.Sign(new() { ["role"] = "participant" });
            case "sub with a line break":
                return Keys.Sign(Claims(subject: "an\nn"));
            case "sub of 201 characters":
                return Keys.Sign(Claims(subject: new string('a', 201)));
            case "kid of a path":
                return Keys.Sign(Claims(), kid: "../../dev/null");
            case "kid in other case":
                return Keys.Sign(Claims(), kid: "Development-test");
            case "unknown role":
                return Keys.Sign(Claims(role: "king"));
            case "no role":
                return Keys.Sign(new() { ["sub"] = "ann" });
            case "two roles":
                return Keys.Sign(Claims(role: new[] { "participant", "operator" }));
            case "sign-in code":
                return Keys.Code();
            case "sign-in code with a role":
                return Keys.Sign(new() { ["sub"] = "olga", ["role"] = "operator", ["use"] = "sign-in" });
            case "critical extension":
                return Keys.SignRaw(
                    $$"""{"sub":"ann","role":"participant","iss":"stk","aud":"stk","exp":{{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}}}""",
                    ""","crit":["stk-much"],"stk-much":1""");
            case "sub of blanks":
                return Keys.Sign(Claims(subject: "\u3000"));
            case "operator with a blank behind":
                return Keys.Sign(Claims("operator", "olga "));
            case "auditor with a selector":
                return Keys.Sign(Claims("auditor", "olga\uFE0F"));
            case "operator's name of ours":
                return Keys.Sign(Claims("operator", "fund:treasury"));
            case "operator of 13 hours":
                return Keys.Sign(Claims("operator", "olga"), TimeSpan.FromHours(1), TimeSpan.FromHours(-12));
            case "auditor of next week":
                return Keys.SignRaw(
                    $$"""{"sub":"olga","role":"auditor","iss":"stk","aud":"stk","iat":{{In(168)}},"exp":{{In(170)}}}""");
            case "operator who does not say since when":
                return Keys.SignRaw($$"""{"sub":"olga","role":"operator","iss":"stk","aud":"stk","exp":{{In(1)}}}""");
            case "two in one":
                return $"{Keys.Token("participant")}, Bearer {Keys.Token("participant")}";
            default:
                return kind;
        }
    }

    private static long In(int hours) => DateTimeOffset.UtcNow.AddHours(hours).ToUnixTimeSeconds();

    private static string Body() => Encode(
        $$"""{"sub":"ann","role":"participant","iss":"stk","aud":"stk","exp":{{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}}}""");

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);
}
