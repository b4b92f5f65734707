using Stk.Cli.Authentication;
using Stk.Cli.Tests.Demo;
using Stk.Testing;
using Xunit;

namespace Stk.Cli.Tests.Endings;

/// <summary>The built program, stopped by signals while a host keeps silent.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-interrupted-");

    public static TheoryData<string> EveryWrite => [.. Writes.All.Keys];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    [InlineData("QUIT", 131)]
    public async Task A_write_that_may_have_been_taken_says_so_and_names_its_key(string signal, int code)
    {
        await using var api = new LoopbackApi(_ => null);
        using var program = BuiltProgram.Start("", ["transfer", "bob", "5", "--yes", "--address", api.Address]);
        await Eventually.True(() => api.Requests.Count == 1, "the transfer has come");

        program.Signal(signal);

        Assert.Equal((code, "", MayHaveBeenDone(api.Key())), await program.End());
    }

    [Theory, MemberData(nameof(EveryWrite))]
    public async Task Every_verb_that_writes_does(string verb)
    {
        await using var api = new LoopbackApi(Writes.Read);
        using var program = BuiltProgram.Start("", [.. Arguments(verb), "--address", api.Address]);
        await Eventually.True(
            () => api.Requests.Any(request => !request.StartsWith("GET", StringComparison.Ordinal)), "the write has come");

        program.Signal("TERM");

        Assert.Equal((143, "", MayHaveBeenDone(api.Key())), await program.End());
    }

    [Fact]
    public async Task The_wait_between_two_tries_is_no_moment_of_nothing()
    {
        await using var api = new LoopbackApi(
            _ => LoopbackApi.Problem("503 Service Unavailable", "outcome-unknown", "Retry-After: 25\r\n"));
        using var program = BuiltProgram.Start("", ["transfer", "bob", "5", "--yes", "--address", api.Address, "--key", "lunch"]);
        await Eventually.True(() => api.Requests.Count == 1, "the first try has come");

        program.Signal("INT");

        Assert.Equal((130, "", MayHaveBeenDone("lunch")), await program.End());
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Before_a_write_is_sent_nothing_was_done()
    {
        await using var api = new LoopbackApi(_ => null);
        using var program = BuiltProgram.Start("", ["buy", "hour", "--yes", "--address", api.Address]);
        await Eventually.True(() => api.Requests.Count == 1, "the service is asked for");

        program.Signal("INT");

        Assert.Equal((130, "", "Interrupted.\n"), await program.End());
    }

    [Fact]
    public async Task A_signal_that_it_was_started_to_ignore_is_ignored()
    {
        await using var api = new LoopbackApi(_ => null);
        using var program = BuiltProgram.Shell(
            "trap '' HUP; exec dotnet \"$0\" \"$@\"", new Dictionary<string, string> { ["STK_TOKEN"] = "ey" },
            [Path.Combine(AppContext.BaseDirectory, "Stk.Cli.dll"), "transfer", "bob", "5", "--yes", "--address", api.Address]);
        await Eventually.True(() => api.Requests.Count == 1, "the transfer has come");

        program.Signal("HUP");
        program.Signal("TERM");

        Assert.Equal(143, (await program.End()).Code);
    }

    [Fact]
    public async Task A_demo_goes_on_where_it_was()
    {
        await using var api = new LoopbackApi(_ => null);
        var key = SigningKey.Make(_directory.FullName, "development-test");
        using var program = BuiltProgram.Start(
            "",
            [
                "demo", "--address", api.Address, "--key", key, "--community", DemoFile.Path, "--progress",
                Path.Combine(_directory.FullName, "demo"),
            ]);
        await Eventually.True(() => api.Requests.Count == 1, "the demo has begun");

        program.Signal("HUP");

        Assert.Equal((129, "", "Interrupted. Started again, it goes on where it was.\n"), await program.End());
    }

    [Fact]
    public async Task What_chain_init_has_sent_may_still_land()
    {
        await using var node = new LoopbackApi(_ => null);
        using var program = BuiltProgram.Start(
            "", ["chain", "init", "--keys", Path.Combine(_directory.FullName, "chain"), "--node", $"alpha={node.Address}"]);
        await Eventually.True(() => node.Requests.Count > 0, "the node is asked");

        program.Signal("TERM");

        Assert.Equal(
            (143, "", "Interrupted. What was sent to the chain may still land: run it again, it makes only what is missing.\n"),
            await program.End());
    }

    private static string MayHaveBeenDone(string key) =>
        $"Interrupted. It may have been done all the same: the same command with --key {key} is done once.\n";

    private string[] Arguments(string verb)
    {
        var book = Path.Combine(_directory.FullName, "book.json");
        File.WriteAllText(book, "{}");
        return [.. Writes.All[verb].Select(argument => argument == "BOOK" ? book : argument)];
    }
}
