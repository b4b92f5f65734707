using System.Text;

namespace Stk.Cli.Api;

/// <summary>A file that holds a token.</summary>
internal static class TokenFile
{
    /// <summary>More than any token has. Unit: bytes.</summary>
    private const int MostBytes = 64 * 1024;

    /// <exception cref="VerbRefusal">It cannot be read: the same as no token.</exception>
    public static string Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MostBytes
                ? Encoding.UTF8.GetString(bytes, 0, length)
                : throw new VerbRefusal($"{file} holds no token: it is too large.", CommandLine.Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new VerbRefusal($"No token: {file} cannot be read ({exception.Message.TrimEnd('.')}).", CommandLine.Usage);
        }
    }
}
