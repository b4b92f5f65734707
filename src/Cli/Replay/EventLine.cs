using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;

namespace Stk.Cli.Replay;

/// <param name="Number">In its file, from 1.</param>
internal readonly record struct EventLine(string File, long Number, ReadOnlyMemory<byte> Bytes)
{
    // Objects and lists inside one another. The API takes a body as a whole to a depth, and judges each event's own.
    private const int MostDepth = 48;

    /// <summary>Why it cannot stand in an array, for people: "is no JSON". Null where it can: what it says is for the API to
    /// judge.</summary>
    public string? Fault
    {
        get
        {
            if (Bytes.Length > EventLines.LongestLine)
            {
                return string.Create(CultureInfo.InvariantCulture, $"is longer than {EventLines.LongestLine:N0} bytes");
            }

            // The reader looks into no string.
            if (!Utf8.IsValid(Bytes.Span))
            {
                return "is not in UTF-8";
            }

            var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = MostDepth });
            try
            {
                while (reader.Read())
                {
                }

                return null;
            }
            catch (JsonException) when (reader.CurrentDepth >= MostDepth - 1)
            {
                return string.Create(CultureInfo.InvariantCulture, $"is nested more than {MostDepth} deep, or is no JSON there");
            }
            catch (JsonException)
            {
                return "is cut off, or is no JSON";
            }
        }
    }

    /// <summary>File and line, as compilers have it.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{File}:{Number}");

    /// <summary>The week of a faultless line's own time; null where the API will find none in it that it accepts.</summary>
    public WeekId? Week()
    {
        using var document = JsonDocument.Parse(Bytes);
        return EventShape.Read(document.RootElement) is EventReading.Wellformed { Event.At: var at }
            && at.Year is >= 2000 and <= 9998
                ? WeekId.Of(at)
                : null;
    }
}
