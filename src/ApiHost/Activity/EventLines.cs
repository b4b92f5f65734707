using System.Text.Json;
using System.Text.Unicode;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Activity;

/// <summary>
/// A body of lines, each of which is one event: newline-delimited JSON. It is looked at as a whole before any of it is
/// stored; a last line that is no complete JSON says that the body was cut. The final line feed may be missing.
/// </summary>
internal sealed class EventLines
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>Unit: lines that are not blank.</summary>
    public const int MaxLines = 50_000;

    /// <summary>Unit: bytes, without the line feed.</summary>
    public const int MaxLineBytes = 65_536;

    public const string LineRule = "must be one JSON object of at most 65,536 bytes in UTF-8, without a name twice";

    private const int MaxDepth = MaxLineBytes;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<Range> _lines = [];

    private EventLines(ReadOnlyMemory<byte> body) => _body = body;

    /// <summary>Blank lines left out.</summary>
    public int Count => _lines.Count;

    /// <summary>The lines of a body, which must outlive them.</summary>
    public static Reading<EventLines> Read(ReadOnlyMemory<byte> body)
    {
        var lines = new EventLines(body);
        for (var start = 0; start < body.Length;)
        {
            var length = body.Span[start..].IndexOf((byte)'\n');
            var end = length < 0 ? body.Length : start + length;
            if (body.Span[start..end].IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                if (lines._lines.Count == MaxLines)
                {
                    return new Problem(EventProblems.BatchTooLarge);
                }

                lines._lines.Add(start..end);
            }

            start = end + 1;
        }

        return lines._lines.Count == 0 ? new Problem(EventProblems.EmptyBatch)
            : IsJson(body.Span[lines._lines[^1]]) ? new Reading<EventLines>.Read(lines)
            : new Problem(EventProblems.TruncatedBody);
    }

    /// <summary>One line as it came, without its line feed.</summary>
    public ReadOnlyMemory<byte> this[int place] => _body[_lines[place]];

    /// <summary>One line; null where it is too long, or none of one event.</summary>
    public JsonDocument? TryParse(int place)
    {
        var line = _body[_lines[place]];
        return line.Length <= MaxLineBytes ? StrictJson.TryParseEvents(line) : null;
    }

    // Whatever it says: a value from its first sign to its last.
    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
