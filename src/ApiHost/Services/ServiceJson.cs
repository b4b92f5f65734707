using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Services;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(PageView<ServiceItem>))]
[JsonSerializable(typeof(ServiceBody))]
[JsonSerializable(typeof(PurchaseBody))]
[JsonSerializable(typeof(PurchaseReceipt))]
[JsonSerializable(typeof(RefundReceipt))]
[JsonSerializable(typeof(PageView<SaleItem>))]
internal sealed partial class ServiceJson : JsonSerializerContext;
