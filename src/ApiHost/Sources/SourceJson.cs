using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Sources;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(SourceView))]
[JsonSerializable(typeof(SourcesView))]
[JsonSerializable(typeof(SourceBody))]
[JsonSerializable(typeof(PageView<QuarantineItem>))]
[JsonSerializable(typeof(QuarantineBody))]
[JsonSerializable(typeof(ReplayedView))]
[JsonSerializable(typeof(DroppedView))]
[JsonSerializable(typeof(VoidsView))]
[JsonSerializable(typeof(VoidBody))]
[JsonSerializable(typeof(DeliveredEventView[]))]
[JsonSerializable(typeof(BackfillsView))]
[JsonSerializable(typeof(BackfillBody))]
[JsonSerializable(typeof(WeekChecksView))]
[JsonSerializable(typeof(ReconcileBody))]
[JsonSerializable(typeof(PullNowBody))]
[JsonSerializable(typeof(PullAskedView))]
internal sealed partial class SourceJson : JsonSerializerContext;
