using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stk.Reports.Statements;

/// <summary>
/// The canonical form of a JSON document by RFC 8785 (JCS), for documents whose numbers are whole: no white space, members
/// by their names' UTF-16 code units, strings escaped no further than they must be. Whoever formats a document anew, by
/// whatever program, can bring it back to these bytes.
/// </summary>
public static class CanonicalJson
{
    // Beyond it readers that know double alone no longer agree: RFC 8785, section 3.2.2.3, by RFC 7493.
    private const long LargestNumber = (1L << 53) - 1;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(unit => (char)unit), '"', '\\']);

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">A number is not whole, or too large to be read alike by all.</exception>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        Write(bytes, document.RootElement);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> bytes, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll(
                    bytes, '{', '}', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal),
                    member =>
                    {
                        Write(bytes, member.Name);
                        bytes.Write(":"u8);
                        Write(bytes, member.Value);
                    });
                break;
            case JsonValueKind.Array:
                WriteAll(bytes, '[', ']', value.EnumerateArray(), element => Write(bytes, element));
                break;
            case JsonValueKind.String:
                Write(bytes, value.GetString()!);
                break;
            case JsonValueKind.Number:
                bytes.Write(Encoding.ASCII.GetBytes(Whole(value)));
                break;
            default:
                bytes.Write(Encoding.ASCII.GetBytes(value.GetRawText()));
                break;
        }
    }

    private static void WriteAll<T>(
        ArrayBufferWriter<byte> bytes, char open, char close, IEnumerable<T> parts, Action<T> write)
    {
        bytes.Write([(byte)open]);
        var isFirst = true;
        foreach (var part in parts)
        {
            if (!isFirst)
            {
                bytes.Write(","u8);
            }

            write(part);
            isFirst = false;
        }

        bytes.Write([(byte)close]);
    }

    private static string Whole(JsonElement value) =>
        value.TryGetInt64(out var number) && Math.Abs(number) <= LargestNumber
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"{value.GetRawText()} is no whole number that all read alike");

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        bytes.Write("\""u8);
        if (text.AsSpan().ContainsAny(Escaped))
        {
            Encoding.UTF8.GetBytes(Escape(text).AsSpan(), bytes);
        }
        else
        {
            Encoding.UTF8.GetBytes(text.AsSpan(), bytes);
        }

        bytes.Write("\""u8);
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var unit in text)
        {
            escaped = unit switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => escaped.Append(unit),
            };
        }

        return escaped.ToString();
    }
}
