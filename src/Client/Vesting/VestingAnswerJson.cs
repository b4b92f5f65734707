using System.Text.Json;
using System.Text.Json.Serialization;
using Stk.Client.Approvals;

namespace Stk.Client.Vesting;

/// <summary>What waits says which act it is; a frozen reward that is decided does not.</summary>
internal sealed class VestingAnswerJson : JsonConverter<VestingAnswer>
{
    public override VestingAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var answer = document.RootElement;
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("act", out _)
            ? new VestingAnswer.Waiting(Of<Approval>(answer, options))
            : new VestingAnswer.Done(Of<FrozenReward>(answer, options));
    }

    public override void Write(Utf8JsonWriter writer, VestingAnswer value, JsonSerializerOptions options)
    {
        if (value is VestingAnswer.Waiting { Approval: var waiting })
        {
            JsonSerializer.Serialize(writer, waiting, options);
        }
        else
        {
            JsonSerializer.Serialize(writer, ((VestingAnswer.Done)value).Reward, options);
        }
    }

    private static T Of<T>(JsonElement answer, JsonSerializerOptions options) =>
        answer.Deserialize<T>(options) ?? throw new JsonException("the answer is null");
}
