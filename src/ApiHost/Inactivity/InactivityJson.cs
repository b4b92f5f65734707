using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Inactivity;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(RedistributionView))]
[JsonSerializable(typeof(QuarterView))]
[JsonSerializable(typeof(AppealBody))]
[JsonSerializable(typeof(AppealReceipt))]
[JsonSerializable(typeof(AppealDecisionBody))]
[JsonSerializable(typeof(AppealItem))]
[JsonSerializable(typeof(PageView<AppealItem>))]
internal sealed partial class InactivityJson : JsonSerializerContext;
