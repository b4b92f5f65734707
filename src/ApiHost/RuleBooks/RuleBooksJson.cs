using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.RuleBooks;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(RuleBooksView))]
[JsonSerializable(typeof(RuleBookVersionView))]
[JsonSerializable(typeof(RuleBookBody))]
[JsonSerializable(typeof(PublicRulesView))]
[JsonSerializable(typeof(PublicRulesVersion))]
internal sealed partial class RuleBooksJson : JsonSerializerContext;
