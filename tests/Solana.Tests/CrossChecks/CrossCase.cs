using System.Text.Json.Nodes;

namespace Stk.Solana.Tests.CrossChecks;

/// <summary>A question that both libraries answer.</summary>
/// <param name="Kind">Which answer is asked for: <c>key</c>, <c>pda</c>, <c>message</c>, ...</param>
/// <param name="Input">What the answer depends on.</param>
internal sealed record CrossCase(int Id, string Kind, JsonObject Input)
{
    public JsonObject ToJson() => new() { ["id"] = Id, ["kind"] = Kind, ["in"] = Input.DeepClone() };
}
