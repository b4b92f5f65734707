using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;

namespace Stk.ApiHost.Reconciling;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter)])]
[JsonSerializable(typeof(ReservesView))]
[JsonSerializable(typeof(PageView<ReconciliationItem>))]
[JsonSerializable(typeof(ReconcileView))]
[JsonSerializable(typeof(DifferencesView))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
