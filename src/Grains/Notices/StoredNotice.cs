using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stk.Grains.Notices;

/// <summary>A row of <c>notices.notices</c> as it is read, with what stands elsewhere so that it can be erased.</summary>
/// <param name="From">Who has sent a transfer, as its history shows.</param>
/// <param name="Note">Of a transfer.</param>
internal sealed record StoredNotice(
    Guid Id, string Kind, DateTimeOffset At, string Values, bool IsRead, string? From, string? Note)
{
    /// <summary>All that there is to tell, as JSON.</summary>
    /// <param name="showsNotes">False where the reader has not said why they read what others wrote.</param>
    public string Told(bool showsNotes)
    {
        if (From is null || JsonNode.Parse(Values) is not JsonObject told)
        {
            return Values;
        }

        told["from"] = From;
        if (showsNotes && Note is not null)
        {
            told["note"] = Note;
        }

        return told.ToJsonString(JsonSerializerOptions.Web);
    }
}
