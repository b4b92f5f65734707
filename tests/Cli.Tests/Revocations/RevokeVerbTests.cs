using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Revocations;

public sealed class RevokeVerbTests : IDisposable
{
    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(new[] { "--jti", "a1" }, """{"jti":"a1","reason":"stolen"}""")]
    [InlineData(new[] { "--sub", "club" }, """{"subject":"club","reason":"stolen"}""")]
    [InlineData(
        new[] { "--sub", "club", "--before", "2026-01-12" },
        """{"subject":"club","before":"2026-01-12T00:00:00+00:00","reason":"stolen"}""")]
    public async Task It_ends_one_token_or_a_subjects(string[] whose, string body)
    {
        _api.On(
            "POST admin/tokens/revoke",
            """{"jti":null,"subject":"club","before":"2026-01-12T00:00:00Z","reason":"stolen","by":"olga","at":"2026-01-12T08:00:00Z"}""");

        var (code, output, _) = await new ProgramRun(_api).Run(["token", "revoke", .. whose, "--reason", "stolen"]);

        Assert.Equal(0, code);
        Assert.Equal(body, _api.Requests[0].Body);
        Assert.Matches(@"(?m)^subject +club$", output);
    }

    [Theory]
    [InlineData("--jti or --sub", "token", "revoke", "--reason", "stolen")]
    [InlineData("--jti or --sub", "token", "revoke", "--jti", "a", "--sub", "b", "--reason", "stolen")]
    [InlineData("--before", "token", "revoke", "--jti", "a", "--before", "2026-01-12", "--reason", "stolen")]
    [InlineData("--reason", "token", "revoke", "--jti", "a")]
    public async Task What_does_not_say_whose_is_a_wrong_line(string named, params string[] line)
    {
        var (code, _, error) = await new ProgramRun(_api).Run(line);

        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Empty(_api.Requests);
    }
}
