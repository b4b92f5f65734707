using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;

namespace Stk.ApiHost.Approvals;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ApprovalItem))]
[JsonSerializable(typeof(PageView<ApprovalItem>))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
