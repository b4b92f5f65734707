using System.Globalization;
using Npgsql;

namespace Stk.EndToEnd.Operations;

[Collection(ClubCollection.Name)]
public sealed class UpTests(ClubEconomy club)
{
    private Economy Economy => club.Economy;

    [Fact]
    public void Up_prints_addresses_tokens_and_the_sign_in_link()
    {
        var printed = club.FirstUp.Text;

        Assert.Contains($"{Economy.Address}api/v1/tokenomics", printed, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{Economy.DatabasePort}", printed, StringComparison.Ordinal);
        Assert.Contains($"{Economy.Address}ops/sign-in?code=", printed, StringComparison.Ordinal);
        Assert.All(["operator", "auditor", "ingest", "participant"], role => Assert.Matches($@"(?m)^{role} +ey[\w-]+\.[\w-]+\.[\w-]+$", printed));
    }

    [Fact]
    public async Task Up_again_says_that_it_runs_and_starts_nothing()
    {
        var before = await File.ReadAllTextAsync(Path.Combine(Economy.Home, "run", "silo-1.pid"));

        var again = (await Economy.Stk("up")).Done();

        Assert.StartsWith("STK runs already", again.Lines[0], StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Economy.Home, "run", "silo-1.pid")));
    }

    [Fact]
    public async Task Up_with_a_demo_leaves_an_economy_that_holds_something_as_it_is()
    {
        var head = (await Economy.Stk("verify", "--chain")).Done().Lines[^1];

        var up = (await Economy.Stk("up", "--demo")).Done();

        Assert.Contains("this one is not: nothing was changed", up.Text, StringComparison.Ordinal);
        Assert.Equal(head, (await Economy.Stk("verify")).Done().Lines[^1]);
    }

    [Fact]
    public async Task Up_starts_the_api_host_that_died_and_tokens_stay_good()
    {
        var ann = await Economy.Participant("ann");
        await Economy.Kill("api");

        (await Economy.Stk("up")).Done();

        Assert.Equal(["api", "silo-1"], Economy.LivingHosts());
        Assert.Equal("1814.25", (await ann.Get("balance")).Json.GetProperty("available").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Economy.Anonymous.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task Token_prints_the_token_alone_as_the_last_line()
    {
        var printed = (await Economy.Stk("token", "--role", "participant", "--sub", "Анна ☕")).Done();

        Assert.Matches(@"^[\w-]+\.[\w-]+\.[\w-]+$", printed.Lines[^1]);
        Assert.EndsWith(printed.Lines[^1] + "\n", printed.Text, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = Economy.Address };
        var balance = await new ApiClient(http, printed.Lines[^1]).Get("balance");
        Assert.Equal("0", balance.Json.GetProperty("total").GetString());
    }

    [Theory, InlineData("--role", "king", "--sub", "ann"), InlineData("--role", "operator")]
    public async Task A_token_that_cannot_be_is_refused_and_nothing_printed(params string[] arguments)
    {
        var refused = await Economy.Stk(["token", .. arguments]);

        Assert.NotEqual(0, refused.Code);
        Assert.DoesNotContain("ey", refused.Text, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Error);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_nothing_is_left_running()
    {
        await using var other = Economy.Make();
        var environment = other.Environment();
        environment["STK_PORT"] = Economy.Port.ToString(CultureInfo.InvariantCulture);

        using var run = StkRun.Start(Path.Combine(Repository.Root, "stk"), ["up"], environment);
        var sentence = (await run.End()).Sentence();

        Assert.Contains($"Port {Economy.Port}", sentence, StringComparison.Ordinal);
        Assert.Contains("STK_PORT", sentence, StringComparison.Ordinal);
        Assert.Empty(other.Living());
    }

    [Fact]
    public async Task The_services_cannot_rewrite_the_journal()
    {
        var connection = await File.ReadAllTextAsync(Path.Combine(Economy.Home, "secrets", "services.connection"));
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand("UPDATE ledger.postings SET amount_micro = 1", database);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Secrets_and_keys_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in Directory.GetFiles(Path.Combine(Economy.Home, "secrets"))
            .Concat(Directory.GetFiles(Path.Combine(Economy.Home, "keys"), "*.key.pem"))
            .Concat(Directory.GetFiles(Economy.Certificates, "*.key.pem")))
        {
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(file) & ~UnixFileMode.UserWrite);
        }

        Assert.Equal("on|on|on", await Economy.Psql(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('data_checksums')"));
    }
}
