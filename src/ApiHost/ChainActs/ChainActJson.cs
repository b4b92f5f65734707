using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;

namespace Stk.ApiHost.ChainActs;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter)])]
[JsonSerializable(typeof(ChainActItem))]
[JsonSerializable(typeof(PageView<ChainActItem>))]
[JsonSerializable(typeof(AskActBody))]
[JsonSerializable(typeof(SignedBody))]
internal sealed partial class ChainActJson : JsonSerializerContext;
