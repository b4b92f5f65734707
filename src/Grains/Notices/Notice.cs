using System.Text.Json;

namespace Stk.Grains.Notices;

/// <summary>A row of <c>notices.notices</c>, before it is written.</summary>
/// <param name="Id">Of its cause: <see cref="Rules.Notices.NoticeIds"/>.</param>
/// <param name="Participant">The number of whom it is for.</param>
/// <param name="Kind">One of <see cref="Rules.Notices.NoticeKinds"/>.</param>
/// <param name="Values">JSON, as it is stored and shown: numbers and names of things, nothing of a person.</param>
public sealed record Notice(Guid Id, long Participant, string Kind, string Values)
{
    /// <param name="cause">What it tells of, in parts: see <see cref="Rules.Notices.NoticeIds"/>.</param>
    public static Notice Of<T>(string kind, long participant, T values, params ReadOnlySpan<string> cause) =>
        new(Rules.Notices.NoticeIds.Of(kind, cause), participant, kind, Json(values));

    /// <summary>Values as they are stored: camel case, amounts as texts.</summary>
    public static string Json<T>(T values) => JsonSerializer.Serialize(values, JsonSerializerOptions.Web);
}
