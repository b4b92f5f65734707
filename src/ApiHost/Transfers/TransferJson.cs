using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Transfers;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(TransferReceipt))]
[JsonSerializable(typeof(RecipientView))]
internal sealed partial class TransferJson : JsonSerializerContext;
