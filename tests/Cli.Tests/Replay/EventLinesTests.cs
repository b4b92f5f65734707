using System.Text;
using Stk.Cli.Replay;
using Xunit;

namespace Stk.Cli.Tests.Replay;

public sealed class EventLinesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stk-lines-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("a\nb\n", new[] { "1:a", "2:b" })]
    [InlineData("a\nb", new[] { "1:a", "2:b" })]
    [InlineData("a\r\n\r\n  \nb\r\n", new[] { "1:a", "4:b" })]
    [InlineData("\uFEFFa\n\uFEFFb\n", new[] { "1:a", "2:\uFEFFb" })]
    [InlineData("", new string[0])]
    [InlineData("\n\n", new string[0])]
    public void Lines_come_with_their_numbers_and_without_their_ends(string text, string[] expected) =>
        Assert.Equal(expected, Read(ReplayFiles.Bytes(_directory, Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Files_follow_one_another_plain_or_gzip()
    {
        var lines = Read(
            ReplayFiles.Gzip(_directory, ["a", "b"]), ReplayFiles.Plain(_directory, ["c"]), ReplayFiles.Gzip(_directory, ["d"]));
        Assert.Equal(["1:a", "2:b", "1:c", "1:d"], lines);
    }

    [Fact]
    public void A_line_across_many_reads_is_whole()
    {
        var longest = new string('x', EventLines.LongestLine);
        Assert.Equal(["1:" + longest, "2:y"], Read(ReplayFiles.Plain(_directory, [longest, "y"])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public void A_line_that_is_too_long_is_no_JSON_and_the_next_is_read(int beyond)
    {
        var tooLong = $"\"{new string('x', EventLines.LongestLine + beyond)}\"";
        var lines = new List<(bool IsGood, string Text)>();
        foreach (var line in EventLines.Read([ReplayFiles.Gzip(_directory, [tooLong, "{}"])]))
        {
            lines.Add((line.Fault is null, line.Fault is null ? Encoding.UTF8.GetString(line.Bytes.Span) : ""));
        }

        Assert.Equal([(false, ""), (true, "{}")], lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(2000)]
    public void A_gzip_file_that_is_cut_off_is_an_error_and_no_short_file(int missing)
    {
        var whole = File.ReadAllBytes(ReplayFiles.Gzip(_directory, Enumerable.Range(0, 2000).Select(i => $"{i * 7919}")));
        var cut = ReplayFiles.Bytes(_directory, whole[..^missing]);
        if (missing == 0)
        {
            Assert.Equal(2000, Read(cut).Count);
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => Read(cut));
        }
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_read_to_its_end()
    {
        byte[] both =
        [
            .. File.ReadAllBytes(ReplayFiles.Gzip(_directory, ["a"])),
            .. File.ReadAllBytes(ReplayFiles.Gzip(_directory, ["b"])),
        ];
        Assert.Equal(["1:a", "2:b"], Read(ReplayFiles.Bytes(_directory, both)));
    }

    private static List<string> Read(params string[] files)
    {
        var lines = new List<string>();
        foreach (var line in EventLines.Read(files))
        {
            lines.Add($"{line.Number}:{Encoding.UTF8.GetString(line.Bytes.Span)}");
        }

        return lines;
    }
}
