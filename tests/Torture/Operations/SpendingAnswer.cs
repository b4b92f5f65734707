using System.Net;
using System.Text.Json.Nodes;

namespace Stk.Torture.Operations;

/// <summary>An answer that is final: done, or refused by a rule.</summary>
/// <param name="Refusal">The problem's name; null where it was done.</param>
/// <param name="Text">The body; of a problem its detail, which names no request.</param>
/// <param name="IsReplay">It says that an earlier copy was answered.</param>
/// <param name="IsRepeat">It was sent after an answer had come.</param>
internal sealed record SpendingAnswer(HttpStatusCode Status, string? Refusal, string Text, bool IsReplay, bool IsRepeat)
{
    private const string Problems = "/problems/";

    /// <summary>Null where it promises nothing, and the same is to be sent again.</summary>
    public static SpendingAnswer? Of(RestAnswer? answer, bool isRepeat)
    {
        if (answer is null or { Status: >= HttpStatusCode.InternalServerError })
        {
            return null;
        }

        if (answer.IsSuccess)
        {
            return new(answer.Status, null, answer.Text, answer.IsReplay, isRepeat);
        }

        var problem = JsonNode.Parse(answer.Text);
        var type = problem?["type"]?.GetValue<string>() ?? "";
        var slug = type.StartsWith(Problems, StringComparison.Ordinal) ? type[Problems.Length..] : type;
        // An earlier build, which has no such address, or does not know a member; or a body that was cut off on its way.
        return slug is "not-found" or "invalid-request" or "malformed-request" or "request-timeout"
            ? null
            : new(answer.Status, slug, problem?["detail"]?.GetValue<string>() ?? "", answer.IsReplay, isRepeat);
    }

    /// <param name="other">The answer that it is held against.</param>
    /// <param name="isOneBuild">False: the sentences of a refusal may differ.</param>
    public bool Says(SpendingAnswer other, bool isOneBuild) =>
        Status == other.Status && Refusal == other.Refusal && (Text == other.Text || (!isOneBuild && Refusal is not null));

    public override string ToString() => $"{(int)Status} {Refusal ?? Text}";
}
