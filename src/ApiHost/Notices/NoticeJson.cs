using System.Text.Json.Serialization;

namespace Stk.ApiHost.Notices;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(InboxView))]
[JsonSerializable(typeof(ReadThroughBody))]
[JsonSerializable(typeof(InboxStateView))]
[JsonSerializable(typeof(PreferencesView))]
[JsonSerializable(typeof(PreferencesBody))]
[JsonSerializable(typeof(WebhookSecretView))]
internal sealed partial class NoticeJson : JsonSerializerContext;
