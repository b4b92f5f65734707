using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Vesting;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(PageView<GrantItem>))]
[JsonSerializable(typeof(PageView<OwnedGrantItem>))]
[JsonSerializable(typeof(VerdictBody))]
internal sealed partial class VestingJson : JsonSerializerContext;
