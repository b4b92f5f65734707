using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;

namespace Stk.ApiHost.Deposits;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter)])]
[JsonSerializable(typeof(PageView<DepositItem>))]
[JsonSerializable(typeof(PageView<ArrivalItem>))]
[JsonSerializable(typeof(AssignBody))]
internal sealed partial class DepositJson : JsonSerializerContext;
