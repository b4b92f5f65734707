using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.OpenApi;

/// <summary>One example of everything that stands in a body, as the topics bring them.</summary>
internal sealed class Examples(IEnumerable<Topic> topics, IOptions<JsonOptions> options)
{
    private readonly FrozenDictionary<Type, object> _byType =
        topics.SelectMany(topic => topic.Examples).ToFrozenDictionary(example => example.GetType());

    /// <summary>Null where a type has none.</summary>
    public JsonNode? Of(Type type) => _byType.TryGetValue(type, out var example)
        ? JsonSerializer.SerializeToNode(example, type, options.Value.SerializerOptions)
        : null;

    public static JsonNode Of(ProblemType type) => new JsonObject
    {
        ["type"] = type.Uri,
        ["title"] = type.Title,
        ["status"] = type.Status,
        ["detail"] = type.Meaning,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["errors"] = type.NamesFields
            ? new JsonArray(new JsonObject { ["field"] = "amount", ["rule"] = "must be above zero" })
            : new JsonArray(),
    };
}
