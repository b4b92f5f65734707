using System.Text.Json.Serialization;

namespace Stk.ApiHost.Schedules;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(ComingItem))]
[JsonSerializable(typeof(RunWorkBody))]
[JsonSerializable(typeof(SkipWorkBody))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
