using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;

namespace Stk.Cli.Replay;

/// <param name="Number">In its file, from 1.</param>
internal readonly record struct EventLine(string File, long Number, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether it can stand in an array; what it says is for the API to judge.</summary>
    public bool IsJson
    {
        get
        {
            if (Bytes.Length > EventLines.LongestLine)
            {
                return false;
            }

            var reader = new Utf8JsonReader(Bytes.Span);
            try
            {
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

    /// <summary>The week of the event's own time; null where the API will find no time in it that it accepts.</summary>
    public WeekId? Week()
    {
        if (!IsJson)
        {
            return null;
        }

        using var document = JsonDocument.Parse(Bytes);
        return EventShape.Read(document.RootElement) is EventReading.Wellformed { Event.At: var at }
            && at.Year is >= 2000 and <= 9998
                ? WeekId.Of(at)
                : null;
    }
}
