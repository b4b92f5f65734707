using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stk.Rules.Weeks;

/// <summary>A week in JSON: <c>"2025-W51"</c>.</summary>
public sealed class WeekIdJsonConverter : JsonConverter<WeekId>
{
    public override WeekId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WeekId.TryParse(reader.GetString(), out var week) ? week : throw new JsonException("must be an ISO week");

    public override void Write(Utf8JsonWriter writer, WeekId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
