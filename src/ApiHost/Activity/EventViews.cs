using System.Text.Json;

namespace Stk.ApiHost.Activity;

#pragma warning disable CA1707, IDE1006 // distinct_id: the member's name is the source's.

/// <summary>One event as a source sends it.</summary>
/// <param name="Uuid">The source's own id: a repeat is recognised by it.</param>
/// <param name="Event">The type, compared exactly.</param>
/// <param name="Distinct_id">The participant: 1 to 200 characters.</param>
/// <param name="Timestamp">ISO 8601 with an offset or Z.</param>
internal sealed record SentEventBody(
    Guid Uuid, string Event, string Distinct_id, DateTimeOffset Timestamp, JsonElement? Properties = null);

#pragma warning restore CA1707, IDE1006

/// <summary>What became of one event.</summary>
/// <param name="Uuid">Null where it could not be read.</param>
/// <param name="Outcome">counted, over_limit, duplicate, late, ignored, applied, held or rejected.</param>
/// <param name="Field">The member at fault; only where it was rejected.</param>
/// <param name="Rule">The rule that it breaks; only where it was rejected.</param>
internal sealed record EventAnswerView(Guid? Uuid, string Outcome, string? Field, string? Rule);

/// <param name="Source">Who has sent it.</param>
/// <param name="Outcome">As things stand: counted, over_limit, late, retracted, voided, ignored or applied.</param>
/// <param name="Points">Before coefficients; 0 where it gives nothing.</param>
/// <param name="Place">Of a weighted event that stands: the how-manieth of its type and day; else 0.</param>
/// <param name="Limit">How many of its type a day counts; 0 where it has no weight.</param>
internal sealed record OwnEventItem(
    string Source, Guid Uuid, string Type, DateTimeOffset At, string Outcome, long Points, int Place, int Limit);
