using System.Collections.Immutable;
using System.Text.Json;

namespace Stk.Settlement.Proofs;

/// <summary>What nodes have said, and what was concluded. Kept beside the attempt for those who look later.</summary>
/// <param name="At">When it was concluded.</param>
/// <param name="Conclusion">A sentence.</param>
/// <param name="Nodes">In the order of the configuration.</param>
/// <param name="By">Whose word stood beside it; null where the nodes alone have proved it.</param>
public sealed record Evidence(
    DateTimeOffset At, string Conclusion, ImmutableArray<NodeEvidence> Nodes, string? By = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, EvidenceJson.Default.Evidence);

    /// <exception cref="JsonException">The text is no evidence.</exception>
    public static Evidence FromJson(string json) =>
        JsonSerializer.Deserialize(json, EvidenceJson.Default.Evidence)
            ?? throw new JsonException("evidence: null in place of an object");
}
