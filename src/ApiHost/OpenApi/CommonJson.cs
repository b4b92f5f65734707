using System.Text.Json.Serialization;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.OpenApi;

/// <summary>What stands in bodies of several topics, generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class CommonJson : JsonSerializerContext;
