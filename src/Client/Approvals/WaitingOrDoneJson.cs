using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stk.Client.Approvals;

/// <summary>
/// What is done at once or waits for a second person: what waits says which act it is, what is done does not.
/// </summary>
internal abstract class WaitingOrDoneJson<TAnswer, TDone> : JsonConverter<TAnswer>
    where TAnswer : class
    where TDone : notnull
{
    public override TAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var answer = document.RootElement;
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("act", out _)
            ? Waiting(Of<Approval>(answer, options))
            : Done(Of<TDone>(answer, options));
    }

    public override void Write(Utf8JsonWriter writer, TAnswer value, JsonSerializerOptions options)
    {
        var shown = Shown(value);
        JsonSerializer.Serialize(writer, shown, shown.GetType(), options);
    }

    protected abstract TAnswer Waiting(Approval approval);

    protected abstract TAnswer Done(TDone done);

    /// <summary>The approval, or what is done.</summary>
    protected abstract object Shown(TAnswer answer);

    private static T Of<T>(JsonElement answer, JsonSerializerOptions options) =>
        answer.Deserialize<T>(options) ?? throw new JsonException("the answer is null");
}
