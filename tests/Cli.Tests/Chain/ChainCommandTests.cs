using Stk.Cli.Api;
using Stk.Cli.Chain;
using Stk.Cli.Tests.Endings;
using Stk.Solana.Keys;
using Stk.Testing.Chain;
using Xunit;

namespace Stk.Cli.Tests.Chain;

public sealed class ChainCommandTests : IDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("stk-vault-");

    public void Dispose() => _keys.Delete(recursive: true);

    [Fact]
    public async Task Init_makes_the_vault_once_and_status_shows_it()
    {
        await using var chain = await LocalChain.Start(slotMs: 20);
        await Assert.ThrowsAsync<KeyFileException>(() => Run(chain, "status"));

        var (code, made) = await Run(chain, "init", "--airdrop");
        Assert.Equal(0, code);
        Assert.StartsWith("Made, and final.", made, StringComparison.Ordinal);
        var (again, stands) = await Run(chain, "init");
        Assert.Equal(0, again);
        Assert.StartsWith("All of it stands already.", stands, StringComparison.Ordinal);
        Assert.Equal(made.Split('\n')[1..], stands.Split('\n')[1..]);

        var (well, status) = await Run(chain, "status");
        Assert.Equal(0, well);
        Assert.Contains("supply  0 STK", status, StringComparison.Ordinal);
        Assert.Contains("vault   0 STK", status, StringComparison.Ordinal);
        Assert.Contains("node    alpha: slot ", status, StringComparison.Ordinal);
        Assert.Contains("node    beta: slot ", status, StringComparison.Ordinal);
        var mint = made.Split('\n').Single(line => line.StartsWith("mint  ", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains(mint, status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_name_nodes_and_addresses_for_silos_and_are_the_same_again()
    {
        using var output = new StringWriter();
        using var again = new StringWriter();
        string[] arguments =
        [
            "chain", "settings", "--keys", Path.Combine(_keys.FullName, "chain"), "--chain", "localnet",
            "--node", "alpha=http://127.0.0.1:1/alpha",
        ];
        var around = new Surroundings(TimeProvider.System, TextReader.Null, false, _ => null, null);
        Assert.Equal(0, await CommandLine.Run(arguments, around, output, TextWriter.Null));
        Assert.Equal(0, await CommandLine.Run(arguments, around, again, TextWriter.Null));

        Assert.Equal(output.ToString(), again.ToString());
        Assert.Equal(
            [
                "Solana__Nodes__0__Name", "Solana__Nodes__0__Url", "Stk__Settlement__Chain", "Stk__Settlement__Mint",
                "Stk__Settlement__MintAuthority", "Stk__Settlement__Vault", "Stk__Settlement__PayoutFloat",
            ],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]));
        Assert.Contains("Solana__Nodes__0__Url=http://127.0.0.1:1/alpha", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_and_cannot_be_shown_is_done()
    {
        await using var chain = await LocalChain.Start(slotMs: 20);
        await using var full = new FullOutput();
        using var error = new StringWriter();
        string[] arguments =
        [
            "chain", "init", "--airdrop", "--keys", Path.Combine(_keys.FullName, "chain"),
            .. chain.Nodes.SelectMany(node => (string[])["--node", $"{node.Name}={node.Url}"]),
        ];

        var code = await CommandLine.Run(
            arguments, new(TimeProvider.System, TextReader.Null, false, _ => null, null), full, error);

        Assert.Equal(3, code);
        Assert.Matches("^Mint [1-9A-Za-z]+, vault and float stand, and are final, but it cannot be shown: ", error.ToString());
        Assert.StartsWith("All of it stands already.", (await Run(chain, "init")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("alpha=")]
    [InlineData("=http://127.0.0.1:1")]
    [InlineData("alpha=ftp://127.0.0.1:1")]
    public void A_node_that_is_no_name_and_address_is_refused(string node) =>
        Assert.NotEmpty(ChainCommand.Make(TimeProvider.System, new(Around))
            .Parse(["status", "--keys", _keys.FullName, "--node", node]).Errors);

    private static Surroundings Around => new(TimeProvider.System, TextReader.Null, false, _ => null, null);

    private async Task<(int Code, string Output)> Run(LocalChain chain, params string[] verb)
    {
        using var output = new StringWriter();
        string[] arguments =
        [
            .. verb, "--keys", Path.Combine(_keys.FullName, "chain"),
            .. chain.Nodes.SelectMany(node => (string[])["--node", $"{node.Name}={node.Url}"]),
        ];
        var code = await ChainCommand.Make(TimeProvider.System, new(Around)).Parse(arguments)
            .InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false });
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }
}
