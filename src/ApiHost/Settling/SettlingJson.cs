using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;

namespace Stk.ApiHost.Settling;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter)])]
[JsonSerializable(typeof(SettlementView))]
[JsonSerializable(typeof(SteeredView))]
[JsonSerializable(typeof(PageView<BatchItem>))]
[JsonSerializable(typeof(BatchDetailsView))]
[JsonSerializable(typeof(ResolveBody))]
internal sealed partial class SettlingJson : JsonSerializerContext;
