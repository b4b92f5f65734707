using System.Net;
using Xunit;

namespace Stk.Cli.Tests.Api;

public sealed class ApiVerbTests : IDisposable
{
    private const string Balance = """{"available":"1.5","frozen":"0","settling":"0","total":"1.5","sequence":7}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Without_a_token_it_is_said_how_a_local_economy_makes_one()
    {
        var program = new ProgramRun(_api);
        program.Environment.Remove("STK_TOKEN");

        var (code, output, error) = await program.Run("treasury", "list");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("./stk token --role auditor", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task The_token_of_a_file_is_sent_and_never_shown()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "ey.of.file\n");
        _api.Refuses("GET balance", HttpStatusCode.Unauthorized, "token-invalid", "Not accepted.");

        var (code, output, error) = await new ProgramRun(_api).Run("balance", "--token-file", file);

        File.Delete(file);
        Assert.Equal("Bearer ey.of.file", _api.Requests[0].Headers["Authorization"]);
        Assert.Equal((1, "token-invalid: Not accepted.\n"), (code, error));
        Assert.DoesNotContain("ey.", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData(".")]
    [InlineData("large")]
    [InlineData("empty")]
    public async Task A_token_file_that_cannot_be_read_is_no_token(string name)
    {
        var directory = Directory.CreateTempSubdirectory("stk-token-");
        await File.WriteAllBytesAsync(Path.Combine(directory.FullName, "large"), new byte[200_000]);
        await File.WriteAllBytesAsync(Path.Combine(directory.FullName, "empty"), []);

        var (code, output, error) = await new ProgramRun(_api).Run(
            "transfer", "bob", "5", "--yes", "--token-file", Path.Combine(directory.FullName, name));

        directory.Delete(recursive: true);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("oken", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task A_table_that_is_wider_than_the_terminal_comes_as_fields()
    {
        _api.On(
            "GET services",
            """{"items":[{"id":"hour","version":4,"state":"admitted","name":"An hour with a mentor","description":"","price":"200","split":[],"term":{"sessions":1},"recipients":{},"provider":null,"changedAt":"2026-01-12T08:00:00Z"}],"next":null}""");
        var (_, narrow, _) = await new ProgramRun(_api) { Columns = 30 }.Run("services", "list");
        var (_, wide, _) = await new ProgramRun(_api) { Columns = 80 }.Run("services", "list");
        Assert.Equal(
            "id     hour\nprice  200\ngives  1 session\nstate  admitted\nname   An hour with a mentor\n", narrow);
        Assert.StartsWith("id    price  gives", wide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused_and_not_repeated()
    {
        var (code, _, error) = await new ProgramRun(_api).Run("balance", "--token", "ey.a b");
        Assert.Equal(2, code);
        Assert.DoesNotContain("ey.a", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_is_the_environments_and_an_address_stands_above_it()
    {
        _api.On("GET balance", Balance);
        var asked = new List<Uri>();
        using var spy = new Spy(_api, asked);
        using var output = new StringWriter();
        foreach (string[] arguments in new[] { new[] { "balance" }, ["balance", "--address", "http://stk.example/base"] })
        {
            Assert.Equal(0, await CommandLine.Run(
                arguments,
                new(TimeProvider.System, TextReader.Null, false, name => name == "STK_PORT" ? "8099" : "ey", spy),
                output, output));
        }

        Assert.Equal(
            ["http://127.0.0.1:8099/api/v1/tokenomics/balance", "http://stk.example/base/api/v1/tokenomics/balance"],
            asked.Select(uri => uri.ToString()));
    }

    [Theory]
    [InlineData("balance", "--limit", "5")]
    [InlineData("transfer", "bob")]
    [InlineData("transfer", "bob", "1.0000001", "--yes")]
    [InlineData("transfer", "bob", "1e3", "--yes")]
    [InlineData("buy", "course_basic", "--recipient", "mentor", "--yes")]
    [InlineData("buy", "course_basic", "--recipient", "mentor=a", "--recipient", "mentor=b", "--yes")]
    [InlineData("weeks", "close", "2025-W53", "--yes")]
    [InlineData("weeks")]
    [InlineData("history", "--from", "yesterday")]
    [InlineData("history", "--from", "2025-12-18T09:30:00")]
    [InlineData("history", "--limit", "0")]
    [InlineData("participants", "set", "ann", "--reason", "exam")]
    [InlineData("treasury", "spend", "rewards", "ann", "5", "--kind", "grant", "--reason", "r", "--yes")]
    [InlineData("treasury", "spend", "treasury", "ann", "5", "--kind", "gift", "--reason", "r", "--yes")]
    [InlineData("treasury", "approve", "5", "--reason", "r", "--yes")]
    [InlineData("balance", "--address", "ftp://127.0.0.1")]
    [InlineData("nonsense")]
    public async Task A_command_line_that_cannot_be_read_exits_with_2_and_sends_nothing(params string[] arguments)
    {
        var (code, _, error) = await new ProgramRun(_api).Run(arguments);
        Assert.Equal(2, code);
        Assert.NotEmpty(error);
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task A_refusal_exits_with_1_and_prints_one_sentence_with_type_and_fields()
    {
        _api.Refuses(
            "POST transfer", HttpStatusCode.BadRequest, "invalid-request", "A member breaks a rule.",
            """[{"field":"note","rule":"must have 1 to 280 characters"},{"field":"to","rule":"must be given"}]""");

        var (code, output, error) = await new ProgramRun(_api).Run("transfer", "bob", "5", "--yes");

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            "invalid-request: A member breaks a rule. note must have 1 to 280 characters; to must be given.\n", error);
    }

    [Fact]
    public async Task An_address_that_is_no_stk_is_said_so()
    {
        var (code, _, error) = await new ProgramRun(_api).Run("balance", "--address", "http://other.example");
        Assert.Equal(1, code);
        Assert.Equal("http://other.example/ answered 404 to GET balance, and not as STK's API does.\n", error);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_said_so()
    {
        _api.On("GET balance", """{"available":5}""");
        var (code, _, error) = await new ProgramRun(_api).Run("balance");
        Assert.Equal(1, code);
        Assert.StartsWith("The API's answer to GET balance cannot be read", error, StringComparison.Ordinal);
    }

    /// <summary>Keeps the addresses.</summary>
    private sealed class Spy(FakeApi api, List<Uri> asked) : DelegatingHandler(api)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
