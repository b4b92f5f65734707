using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Identities;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(IdentityItem))]
[JsonSerializable(typeof(IdentitiesView))]
[JsonSerializable(typeof(IdentityBody))]
[JsonSerializable(typeof(MergeItem))]
[JsonSerializable(typeof(MergesView))]
[JsonSerializable(typeof(MergeBody))]
internal sealed partial class IdentityJson : JsonSerializerContext;
