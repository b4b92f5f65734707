using System.IO.Compression;
using System.Text;

namespace Stk.Cli.Tests.Replay;

internal static class ReplayFiles
{
    public static string Plain(string directory, IEnumerable<string> lines) =>
        Bytes(directory, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public static string Gzip(string directory, IEnumerable<string> lines)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        }

        return Bytes(directory, memory.ToArray());
    }

    public static string Bytes(string directory, byte[] content)
    {
        var file = Path.Combine(directory, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(file, content);
        return file;
    }
}
