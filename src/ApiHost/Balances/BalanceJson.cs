using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Balances;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(BalanceView))]
[JsonSerializable(typeof(PageView<BalanceChangeItem>))]
[JsonSerializable(typeof(PageView<TransactionItem>))]
[JsonSerializable(typeof(TransactionDetailView))]
[JsonSerializable(typeof(DailyBalancesView))]
internal sealed partial class BalanceJson : JsonSerializerContext;
