using System.Text.Json.Serialization;

namespace Stk.ApiHost.Operators;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RegisterView))]
[JsonSerializable(typeof(AddOperatorBody))]
[JsonSerializable(typeof(EndOperatorBody))]
[JsonSerializable(typeof(ConfirmOperatorBody))]
[JsonSerializable(typeof(RegisterItem))]
internal sealed partial class OperatorJson : JsonSerializerContext;
