using Xunit;

namespace Stk.Cli.Tests.Endings;

/// <summary>The built program, whose standard output takes nothing.</summary>
public sealed class ShownTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-shown-");

    public static TheoryData<string> EveryWrite => [.. Writes.All.Keys];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory, MemberData(nameof(EveryWrite))]
    public async Task A_write_is_done_although_the_disk_is_full(string verb) => await Done(verb, ">/dev/full", "No space left on device");

    [Fact]
    public async Task A_write_is_done_although_standard_output_is_closed() => await Done("transfer", ">&-", "it is closed");

    [Theory]
    [InlineData("2>/dev/full", 0)]
    [InlineData("2>&-", 0)]
    [InlineData(">/dev/full 2>/dev/full", 3)]
    [InlineData(">&- 2>&-", 3)]
    public async Task A_standard_error_that_takes_nothing_changes_no_ending(string redirections, int code)
    {
        await using var api = new LoopbackApi(Writes.Done);
        using var program = BuiltProgram.Start(redirections, ["transfer", "bob", "5", "--yes", "--address", api.Address]);
        Assert.Equal(code, (await program.End()).Code);
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public async Task A_read_that_cannot_be_shown_has_failed(string redirections)
    {
        await using var api = new LoopbackApi(
            _ => LoopbackApi.Json("""{"available":"1.5","frozen":"0","settling":"0","total":"1.5","sequence":7}"""));
        using var program = BuiltProgram.Start(redirections, ["balance", "--address", api.Address]);

        var (code, _, error) = await program.End();

        Assert.Equal(1, code);
        Assert.StartsWith("Standard output cannot be written: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_watch_ends_when_its_reader_has_gone_though_nothing_changes_any_more()
    {
        await using var api = new LoopbackApi(_ =>
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: 7\nevent: balance\n"
            + "data: {\"available\":\"1.5\",\"frozen\":\"0\",\"settling\":\"0\",\"total\":\"1.5\",\"sequence\":7}\n\n");
        using var program = BuiltProgram.Shell(
            "set -o pipefail; dotnet \"$0\" \"$@\" | head -1", new Dictionary<string, string> { ["STK_TOKEN"] = "ey.a.b" },
            [Path.Combine(AppContext.BaseDirectory, "Stk.Cli.dll"), "balance", "--watch", "--address", api.Address]);

        var (code, output, error) = await program.End();

        Assert.Equal((1, "available 1.5, frozen 0, settling 0, total 1.5\n"), (code, output));
        Assert.Equal("Standard output cannot be written: nobody reads it any more.\n", error);
        Assert.Single(api.Requests);
    }

    private async Task Done(string verb, string redirections, string why)
    {
        var book = Path.Combine(_directory.FullName, "book.json");
        await File.WriteAllTextAsync(book, "{}");
        await using var api = new LoopbackApi(Writes.Done);
        using var program = BuiltProgram.Start(
            redirections,
            [.. Writes.All[verb].Select(argument => argument == "BOOK" ? book : argument), "--address", api.Address]);

        var (code, _, error) = await program.End();

        Assert.Equal(3, code);
        Assert.StartsWith("Done: ", error, StringComparison.Ordinal);
        Assert.Contains(
            $", with the key {api.Key()}, but it cannot be shown: standard output cannot be written ({why}). The same command with "
            + $"--key {api.Key()} shows it, and does nothing twice.\n", error, StringComparison.Ordinal);
        if (verb is "transfer" or "buy" or "treasury spend")
        {
            Assert.Contains("6f1d3c1e-0000-4000-8000-000000000001", error, StringComparison.Ordinal);
        }
    }
}
