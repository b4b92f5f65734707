using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;

namespace Stk.ApiHost.Deliveries;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(PageView<DeadDeliveryItem>))]
[JsonSerializable(typeof(RetriedDelivery))]
[JsonSerializable(typeof(ChannelsView))]
[JsonSerializable(typeof(PausedChannel))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
