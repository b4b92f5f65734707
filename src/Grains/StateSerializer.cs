using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace Stk.Grains;

/// <summary>
/// Stores coordinators' state as plain JSON without names of types, so that a type may be moved. Reads the rows of the
/// builds before decision 25 as well, which name them (<c>$id</c>, <c>$type</c>); those builds read ours.
/// </summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input)
    {
        var members = JsonSerializer.SerializeToNode(input, Options)?.AsObject() ?? [];
        if (input is IStoredState { OfOtherBuilds: { } others })
        {
            foreach (var (name, value) in Parse(others))
            {
                members.TryAdd(name, value?.DeepClone());
            }
        }

        return new(JsonSerializer.SerializeToUtf8Bytes(members, Options));
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">
    /// The row is no JSON object, or a member has another type than it is stored with.
    /// </exception>
    public T Deserialize<T>(BinaryData input)
    {
        var members = Parse(input.ToString());
        var state = members.Deserialize<T>(Options) ?? throw new JsonException("the stored state is null");
        if (state is IStoredState stored)
        {
            stored.OfOtherBuilds = Others<T>(members);
        }

        return state;
    }

    private static string? Others<T>(JsonObject members)
    {
        var known = Options.GetTypeInfo(typeof(T)).Properties.Select(member => member.Name);
        foreach (var name in members.Select(member => member.Key).Where(name => name.StartsWith('$')).Concat(known).ToList())
        {
            members.Remove(name);
        }

        return members.Count > 0 ? members.ToJsonString() : null;
    }

    private static JsonObject Parse(string json) =>
        JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw new JsonException("the stored state is no object");
}
