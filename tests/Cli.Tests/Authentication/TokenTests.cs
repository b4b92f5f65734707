using System.CommandLine;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stk.Cli.Authentication;
using Xunit;

namespace Stk.Cli.Tests.Authentication;

public sealed class TokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("stk-keys-").FullName;
    private readonly string _key;

    public TokenTests() => _key = SigningKey.Make(_directory, "development-one");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_private_key_is_readable_by_its_owner_alone()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_key));
        Assert.Equal("development-one.key.pem", Path.GetFileName(_key));
    }

    [Fact]
    public void A_key_is_never_overwritten()
    {
        var before = File.ReadAllText(_key);
        Assert.Throws<IOException>(() => SigningKey.Make(_directory, "development-one"));
        Assert.Equal(before, File.ReadAllText(_key));
    }

    [Fact]
    public async Task A_token_is_accepted_with_the_public_key_of_its_kid()
    {
        var (code, lines, _) = await Run("token", "--key", _key, "--role", "ingest", "--sub", "replay");
        Assert.Equal(0, code);
        var line = Assert.Single(lines);
        var result = await Validate(line, "development-one");
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("development-one", new JsonWebToken(line).Kid);
        Assert.Equal("ingest", result.Claims["role"]);
        Assert.Equal("replay", result.Claims["sub"]);
    }

    [Fact]
    public async Task A_token_of_one_key_is_refused_by_another()
    {
        SigningKey.Make(_directory, "development-two");
        var (_, lines, _) = await Run("token", "--key", _key, "--role", "operator", "--sub", "me");
        Assert.False((await Validate(lines[^1], "development-two")).IsValid);
    }

    [Fact]
    public void A_token_is_good_from_now_until_its_lifetime_ends()
    {
        using var key = SigningKey.Read(_key);
        var token = new JsonWebToken(TokenIssuer.Token(key, "auditor", "me", Now, TimeSpan.FromHours(2)));
        Assert.Equal(Now.UtcDateTime, token.ValidFrom);
        Assert.Equal(Now.UtcDateTime, token.IssuedAt);
        Assert.Equal(Now.AddHours(2).UtcDateTime, token.ValidTo);
        Assert.Equal(SecurityAlgorithms.EcdsaSha256, token.Alg);
        Assert.Equal("stk", token.Issuer);
        Assert.Equal("stk", Assert.Single(token.Audiences));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("0", 0)]
    [InlineData("301", 301)]
    public async Task A_token_says_when_its_subject_has_signed_in(string? age, int seconds)
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (_, lines, _) = await Run(
            ["token", "--key", _key, "--role", "participant", "--sub", "me", .. age is null ? (string[])[] : ["--age", age]]);
        var claim = new JsonWebToken(lines[^1]).GetPayloadValue<long>("auth_time");
        Assert.InRange(claim, before - seconds, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("31536001")]
    public async Task An_age_is_a_number_of_seconds(string age)
    {
        var (code, _, error) = await Run("token", "--key", _key, "--role", "participant", "--sub", "me", "--age", age);
        Assert.NotEqual(0, code);
        Assert.Contains("--age", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boss", "me", "30d", "--role")]
    [InlineData("Operator", "me", "30d", "--role")]
    [InlineData("operator", "", "30d", "--sub")]
    [InlineData("operator", "a\nb", "30d", "--sub")]
    [InlineData("operator", "me ", "30d", "--sub")]
    [InlineData("auditor", "me\uFE0F", "30d", "--sub")]
    [InlineData("participant", "\u3000", "30d", "--sub")]
    [InlineData("operator", "me", "0d", "--ttl")]
    [InlineData("operator", "me", "-1d", "--ttl")]
    [InlineData("operator", "me", "99999d", "--ttl")]
    [InlineData("operator", "me", "12", "--ttl")]
    [InlineData("operator", "me", "13h", "--ttl")]
    [InlineData("auditor", "me", "1d", "--ttl")]
    public async Task A_wrong_argument_is_refused_by_its_name(string role, string subject, string lifetime, string named)
    {
        var (code, lines, error) = await Run("token", "--key", _key, "--role", role, "--sub", subject, "--ttl", lifetime);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain(lines, line => line.StartsWith("ey", StringComparison.Ordinal));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator", null, 12)]
    [InlineData("auditor", null, 12)]
    [InlineData("operator", "12h", 12)]
    [InlineData("auditor", "90m", 1.5)]
    [InlineData("participant", null, 720)]
    [InlineData("ingest", "60d", 1_440)]
    public async Task An_operators_and_an_auditors_token_live_twelve_hours_at_most_and_each_has_a_name(
        string role, string? lifetime, double hours)
    {
        string[] asked = lifetime is null ? [] : ["--ttl", lifetime];
        var (code, lines, _) = await Run(["token", "--key", _key, "--role", role, "--sub", "me", .. asked]);

        var token = new JsonWebToken(Assert.Single(lines));
        Assert.Equal((0, TimeSpan.FromHours(hours)), (code, token.ValidTo - token.ValidFrom));
        Assert.NotEmpty(token.Id);
    }

    [Fact]
    public void A_sign_in_code_lives_ten_minutes_and_is_no_bearer_token_of_any_role()
    {
        using var key = SigningKey.Read(_key);
        var first = TokenIssuer.SignInLink(key, new("http://127.0.0.1:8080/"), "me", Now);
        Assert.StartsWith("http://127.0.0.1:8080/ops/sign-in?code=ey", first, StringComparison.Ordinal);
        var code = new JsonWebToken(first[(first.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal("sign-in", code.GetClaim("use").Value);
        Assert.False(code.TryGetClaim("role", out _));
        Assert.Equal(Now.AddMinutes(10).UtcDateTime, code.ValidTo);
        Assert.NotEqual(first, TokenIssuer.SignInLink(key, new("http://127.0.0.1:8080/"), "me", Now));
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused_by_its_name()
    {
        var file = Path.Combine(_directory, "text.key.pem");
        File.WriteAllText(file, "no key");
        Assert.Contains(
            file, Assert.Throws<InvalidDataException>(() => SigningKey.Read(file)).Message, StringComparison.Ordinal);
    }

    private Task<TokenValidationResult> Validate(string token, string kid)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(_directory, kid + SigningKey.PublicSuffix)));
        return new JsonWebTokenHandler().ValidateTokenAsync(token, new()
        {
            ValidIssuer = "stk",
            ValidAudience = "stk",
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = new ECDsaSecurityKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: false))),
        });
    }

    private static async Task<(int Code, string[] Lines, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { TokenCommands.Token(TimeProvider.System) };
        var code = await root.Parse(arguments).InvokeAsync(new() { Output = output, Error = error });
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }
}
