using System.Net;

namespace Stk.Torture.Operations;

/// <summary>What the API has answered.</summary>
/// <param name="IsReplay">With <c>Idempotency-Replayed: true</c>.</param>
internal sealed record RestAnswer(HttpStatusCode Status, string Text, bool IsReplay)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
