using System.Text.Json;
using System.Text.Json.Serialization;
using Stk.Client.Approvals;

namespace Stk.Client.Spending;

/// <summary>What waits says which act it is; a refund that is done does not.</summary>
internal sealed class RefundAnswerJson : JsonConverter<RefundAnswer>
{
    public override RefundAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var answer = document.RootElement;
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("act", out _)
            ? new RefundAnswer.Waiting(Of<Approval>(answer, options))
            : new RefundAnswer.Done(Of<Refund>(answer, options));
    }

    public override void Write(Utf8JsonWriter writer, RefundAnswer value, JsonSerializerOptions options)
    {
        if (value is RefundAnswer.Waiting { Approval: var waiting })
        {
            JsonSerializer.Serialize(writer, waiting, options);
        }
        else
        {
            JsonSerializer.Serialize(writer, ((RefundAnswer.Done)value).Refund, options);
        }
    }

    private static T Of<T>(JsonElement answer, JsonSerializerOptions options) =>
        answer.Deserialize<T>(options) ?? throw new JsonException("the answer is null");
}
