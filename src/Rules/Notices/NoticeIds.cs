using Stk.Rules.Causes;

namespace Stk.Rules.Notices;

/// <summary>Ids of notices: the same cause gives the same one, so that nobody is told twice.</summary>
public static class NoticeIds
{
    /// <param name="kind">One of <see cref="NoticeKinds"/>.</param>
    /// <param name="cause">What it tells of, in parts: a transaction's id, or a subject and a participant's number.</param>
    public static Guid Of(string kind, params ReadOnlySpan<string> cause) => CauseId.Of(["notice", kind, .. cause]);
}
