using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Entitlements;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(EntitlementsView))]
[JsonSerializable(typeof(EntitlementCheckView))]
[JsonSerializable(typeof(UseBody))]
[JsonSerializable(typeof(UseReceipt))]
[JsonSerializable(typeof(RenewalItem))]
internal sealed partial class EntitlementJson : JsonSerializerContext;
