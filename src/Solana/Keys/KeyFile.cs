using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stk.Solana.Keys;

/// <summary>
/// A key pair in the file of Solana's command line: a JSON array of 64 numbers, for its owner's eyes only.
/// </summary>
public static class KeyFile
{
    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // 64 numbers of up to 3 digits with blanks and line ends; more is another kind of file.
    private const int LongestFile = 4_096;

    /// <exception cref="KeyFileException">The file is readable by others, or is no key pair.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static Account Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != 0)
        {
            throw new KeyFileException(path, "others than its owner may read or write it; set its mode to 600");
        }

        if (new FileInfo(path).Length > LongestFile)
        {
            throw new KeyFileException(path, $"it is longer than {LongestFile} bytes, which no key file is");
        }

        var pair = new byte[Account.PairLength];
        try
        {
            Parse(path, File.ReadAllBytes(path), pair);
            return Account.FromPair(pair);
        }
        catch (FormatException flaw)
        {
            throw new KeyFileException(path, flaw.Message.TrimEnd('.'), flaw);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pair);
        }
    }

    /// <summary>Writes a new file of mode 600.</summary>
    /// <exception cref="IOException">There is a file already: a key is never written over.</exception>
    public static void Write(string path, ReadOnlySpan<byte> seed)
    {
        using var account = Account.FromSeed(seed);
        var text = new StringBuilder("[");
        foreach (var value in (ReadOnlySpan<byte>)[.. seed, .. account.PublicKey.ToArray()])
        {
            text.Append(text.Length == 1 ? "" : ",").Append(value.ToString(CultureInfo.InvariantCulture));
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text.Append(']'));
    }

    private static void Parse(string path, ReadOnlySpan<byte> json, Span<byte> pair)
    {
        var reader = new Utf8JsonReader(json);
        var count = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new KeyFileException(path, "it is not a JSON array");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetByte(out var value))
                {
                    throw new KeyFileException(path, $"element {count} is not a number of 0 to 255");
                }

                if (count < pair.Length)
                {
                    pair[count] = value;
                }

                count++;
            }

            // Reads on: text behind the array is an error of JSON.
            reader.Read();
        }
        catch (JsonException flaw)
        {
            // Without the inner exception: its message can quote the file, and the file is a secret.
            throw new KeyFileException(
                path, $"it is not JSON (line {flaw.LineNumber}, byte {flaw.BytePositionInLine})");
        }

        if (count != pair.Length)
        {
            throw new KeyFileException(path, $"it has {count} numbers, and a key pair has {pair.Length}");
        }
    }
}
