using System.IO.Compression;
using System.Net;
using System.Text;
using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Sources;

public sealed class ImportVerbTests : IDisposable
{
    private const string Took = """{"lines":2,"outcomes":{"counted":1,"rejected":1},"nothing":0,"rejected":[{"line":2,"uuid":null,"field":"event","rule":"must be good"}]}""";

    private readonly FakeApi _api = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-import-");

    public void Dispose()
    {
        _api.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Files_of_a_folder_are_sent_by_name_whatever_packs_them()
    {
        Write("c.jsonl.br", "{\"c\":1}", stream => new BrotliStream(stream, CompressionLevel.Optimal));
        Write("b.jsonl.gz", "{\"b\":1}", stream => new GZipStream(stream, CompressionLevel.Optimal));
        Write("a.jsonl", "{\"a\":1}\n\n", stream => stream);
        Write("notes.txt", "no rows", stream => stream);
        _api.On("POST sources/ph/import", """{"lines":3,"outcomes":{"counted":2,"duplicate":1},"nothing":0,"rejected":[]}""");

        var (code, text, _) = await new ProgramRun(_api).Run("sources", "import", "ph", _directory.FullName);

        Assert.Equal(0, code);
        Assert.Equal("{\"a\":1}\n{\"b\":1}\n{\"c\":1}\n", Assert.Single(_api.Requests).Body);
        Assert.Matches("files +3", text);
        Assert.Matches("duplicate +1", text);
    }

    [Fact]
    public async Task Many_lines_go_in_several_bodies_and_each_rejected_one_is_told_by_file_and_line()
    {
        var file = Write("many.jsonl", string.Concat(Enumerable.Repeat("{}\n", 20_001)), stream => stream);
        _api.On("POST sources/ph/import", Took)
            .On("POST sources/ph/import", """{"lines":1,"outcomes":{"counted":1},"nothing":0,"rejected":[]}""");

        var (_, text, _) = await new ProgramRun(_api).Run("sources", "import", "ph", file);

        Assert.Equal([20_000, 1], _api.Requests.Select(request => request.Body.Count(one => one == '\n')));
        Assert.Contains($"{file}:2", text, StringComparison.Ordinal);
        Assert.Matches("counted +2", text);
    }

    [Fact]
    public async Task A_packed_file_that_was_cut_off_is_told_and_what_is_not_there_sends_nothing()
    {
        var whole = Write(
            "cut.jsonl.br", string.Concat(Enumerable.Range(0, 5_000).Select(number => $"{{\"n\":{number * 7_919L}}}\n")),
            stream => new BrotliStream(stream, CompressionLevel.Optimal));
        await File.WriteAllBytesAsync(whole, (await File.ReadAllBytesAsync(whole))[..^10]);
        _api.On("POST sources/ph/import", Took);

        var (code, _, error) = await new ProgramRun(_api).Run("sources", "import", "ph", whole);
        Assert.NotEqual(0, code);
        Assert.Contains("Import again", error, StringComparison.Ordinal);
        (code, _, error) = await new ProgramRun(_api).Run("sources", "import", "ph", $"{whole}.none");
        Assert.NotEqual(0, code);
        Assert.Contains("nothing was sent", error, StringComparison.Ordinal);
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task A_source_without_files_is_told_so()
    {
        var file = Write("a.jsonl", "{}", stream => stream);
        _api.Refuses(
            "POST sources/club/import", HttpStatusCode.UnprocessableEntity, "source-without-files", "Only of kind posthog.");

        var (code, _, error) = await new ProgramRun(_api).Run("sources", "import", "club", file);

        Assert.NotEqual(0, code);
        Assert.Contains("Only of kind posthog.", error, StringComparison.Ordinal);
    }

    private string Write(string name, string text, Func<Stream, Stream> pack)
    {
        var file = Path.Combine(_directory.FullName, name);
        using var stream = pack(File.Create(file));
        stream.Write(Encoding.UTF8.GetBytes(text));
        return file;
    }
}
