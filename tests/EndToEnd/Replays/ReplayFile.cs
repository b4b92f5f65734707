using System.IO.Compression;

namespace Stk.EndToEnd.Replays;

/// <summary>Small generated files of events, gone with the test.</summary>
public sealed class ReplayFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stk-replay-");

    public string Plain(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_directory.FullName, name);
        File.WriteAllLines(file, lines);
        return file;
    }

    public string Gzip(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_directory.FullName, name);
        using var packed = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        foreach (var line in lines)
        {
            packed.WriteLine(line);
        }

        return file;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
