using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;

namespace Stk.ApiHost.Notices;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(PageView<NoticeItem>))]
internal sealed partial class NoticeJson : JsonSerializerContext;
