using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Rewards;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(PageView<RewardItem>))]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(WeeklyReportView))]
[JsonSerializable(typeof(StatementProofView))]
[JsonSerializable(typeof(LimitsView))]
[JsonSerializable(typeof(StreakView))]
internal sealed partial class RewardJson : JsonSerializerContext;
