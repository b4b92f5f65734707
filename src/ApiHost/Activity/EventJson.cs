using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Activity;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(SentEventBody[]))]
[JsonSerializable(typeof(ImportedView))]
[JsonSerializable(typeof(EventAnswerView[]))]
[JsonSerializable(typeof(PageView<OwnEventItem>))]
internal sealed partial class EventJson : JsonSerializerContext;
