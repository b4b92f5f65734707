using System.Text;
using Stk.Cli.Tests.Api;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Cli.Tests.Replay;

/// <summary>The verb: what it looks at before anything is sent, and how it ends.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private static readonly WeekId First = WeekId.OfNumber(201440);
    private static readonly string[] Three = [.. FakeEconomy.Events(First, 3)];

    private readonly string _directory = Directory.CreateTempSubdirectory("stk-replay-").FullName;
    private readonly FakeEconomy _economy = new();

    public void Dispose()
    {
        _economy.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "{\"uuid\":\"6f", "is cut off, or is no JSON" },
        { "{} {}", "is cut off, or is no JSON" },
        { "\0\0\0", "is cut off, or is no JSON" },
        { new string('[', 60) + new string(']', 60), "is nested more than 48 deep, or is no JSON there" },
        { $"\"{new string('x', 1 << 20)}\"", "is longer than 1,048,576 bytes" },
    };

    [Theory, MemberData(nameof(BadLines))]
    public async Task A_line_that_cannot_be_read_stops_it_before_anything_is_sent(string line, string why)
    {
        var file = ReplayFiles.Gzip(_directory, [Three[0], "", line, Three[1]]);

        var (code, output, error) = await Run(file);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"{file}:3 {why}. Nothing was sent; --skip-bad-lines leaves out such lines, and counts them.\n", error);
        Assert.Empty(_economy.Calls);
    }

    [Fact]
    public async Task A_line_that_is_not_in_UTF_8_does_too()
    {
        var file = ReplayFiles.Bytes(_directory, [.. Encoding.UTF8.GetBytes(Three[0] + "\n\""), 0xC3, 0x28, .. "\"\n"u8]);
        var (code, _, error) = await Run(file);
        Assert.Equal(1, code);
        Assert.StartsWith($"{file}:2 is not in UTF-8", error, StringComparison.Ordinal);
        Assert.Empty(_economy.Calls);
    }

    [Fact]
    public async Task A_last_line_that_is_cut_stops_it_where_it_is_in_the_second_file()
    {
        var first = ReplayFiles.Plain(_directory, Three);
        var second = ReplayFiles.Bytes(_directory, Encoding.UTF8.GetBytes(FakeEconomy.Events(First.Next, 1).Single()[..^9]));
        var (code, _, error) = await Run(first, second);
        Assert.Equal(1, code);
        Assert.StartsWith($"{second}:1 is cut off", error, StringComparison.Ordinal);
        Assert.Empty(_economy.Calls);
    }

    [Theory]
    [InlineData("none", "is not there")]
    [InlineData(".", "is a directory")]
    [InlineData("cut.gz", "is damaged or cut off")]
    public async Task A_second_file_that_cannot_be_read_stops_it(string name, string why)
    {
        var whole = await File.ReadAllBytesAsync(ReplayFiles.Gzip(_directory, Three));
        await File.WriteAllBytesAsync(Path.Combine(_directory, "cut.gz"), whole[..^9]);

        var (code, _, error) = await Run(ReplayFiles.Plain(_directory, Three), Path.Combine(_directory, name));

        Assert.Equal(1, code);
        Assert.Contains($"{name} {why}", error, StringComparison.Ordinal);
        Assert.Empty(_economy.Calls);
    }

    [Fact]
    public async Task Bad_lines_that_may_be_left_out_are_counted_and_said()
    {
        var file = ReplayFiles.Plain(_directory, [Three[0], "{", Three[1], "}"]);

        var (code, output, _) = await Run("--skip-bad-lines", file);

        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^lines left out +2 *$", output);
        Assert.Contains($"The first line that was left out: {file}:2 is cut off", output, StringComparison.Ordinal);
        Assert.Equal(2, _economy.Stored.Count);
    }

    [Fact]
    public async Task Events_that_the_service_rejects_are_counted_and_the_first_is_named()
    {
        var file = ReplayFiles.Plain(_directory, [Three[0], "5", Three[1], "[]"]);

        var (code, output, error) = await Run(file);

        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^rejected in this replay +2 *$", output);
        Assert.Contains($"The first event that was rejected: {file}:2: $ must be an object", output, StringComparison.Ordinal);
        Assert.Contains($"rejected: {file}:4: $ must be an object", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_is_for_the_service_to_judge()
    {
        var file = ReplayFiles.Plain(
            _directory, [Three[0], FakeEconomy.Events(First, 2).Last().Replace("\"p\"", "\"\\ud800\"", StringComparison.Ordinal)]);
        Assert.Equal(0, (await Run(file)).Code);
        Assert.Contains("events 2", _economy.Calls);
    }

    [Fact]
    public async Task A_replay_whose_table_cannot_be_shown_is_done()
    {
        var file = ReplayFiles.Plain(_directory, Three);
        var (code, _, error) = await Run(new ProgramRun(_economy) { IsOutputFull = true }, file);
        Assert.Equal(3, code);
        Assert.Contains("The replay is done, but it cannot be shown: ", error, StringComparison.Ordinal);
        Assert.Equal(3, _economy.Stored.Count);
    }

    [Fact]
    public async Task Without_a_token_it_is_2()
    {
        var (code, _, error) = await new ProgramRun(_economy).Run(
            "replay", "--address", "http://127.0.0.1:1", ReplayFiles.Plain(_directory, Three), "--ingest-token", "none");
        Assert.Equal(2, code);
        Assert.Contains("STK_INGEST_TOKEN", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] files) => Run(new ProgramRun(_economy), files);

    private Task<(int Code, string Output, string Error)> Run(ProgramRun program, params string[] files) => program.Run(
    [
        "replay", "--address", "http://127.0.0.1:1", "--ingest-token", Token("replay"), "--operator-token", "operator",
        "--progress", Path.Combine(_directory, "progress"), .. files,
    ]);

    // Signed by nobody: the program reads the source's name in it.
    private static string Token(string subject) => $"{Part("{\"alg\":\"none\"}")}.{Part($"{{\"sub\":\"{subject}\"}}")}.";

    private static string Part(string json) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
