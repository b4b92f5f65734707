using System.Text.Json.Serialization;

namespace Stk.Settlement.Plans;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredPlan))]
internal sealed partial class PlanJson : JsonSerializerContext;
