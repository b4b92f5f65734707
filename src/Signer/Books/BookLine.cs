using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stk.Signer.Books;

/// <summary>
/// A line of the file: a checksum and the entry as JSON. The checksum covers the one before it, so that no line can be
/// taken out, put in or changed unseen. Pure.
/// </summary>
internal static class BookLine
{
    /// <summary>What stands before the first line.</summary>
    public const string NoChecksum = "";

    private const int ChecksumLength = 2 * SHA256.HashSizeInBytes;

    /// <returns>The line without its end, in ASCII, and its checksum.</returns>
    public static (string Line, string Checksum) Write(string before, BookEntry entry)
    {
        var json = JsonSerializer.Serialize(entry, BookJson.Default.BookEntry);
        var checksum = Checksum(before, json);
        return ($"{checksum} {json}", checksum);
    }

    /// <summary>Null where the line does not follow what stands before it.</summary>
    public static (BookEntry Entry, string Checksum)? Read(string before, string line)
    {
        if (line.Length <= ChecksumLength || line[ChecksumLength] != ' ')
        {
            return null;
        }

        var (checksum, json) = (line[..ChecksumLength], line[(ChecksumLength + 1)..]);
        if (checksum != Checksum(before, json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, BookJson.Default.BookEntry) is { } entry ? (entry, checksum) : null;
        }
        catch (Exception flaw) when (flaw is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Checksum(string before, string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{json}")));
}
