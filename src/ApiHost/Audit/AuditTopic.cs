using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Audit;

/// <summary>The log of operators' writes. What the topic brings beside its endpoints.</summary>
internal static class AuditTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Audit";

    public static Topic Topic => new(AuditJson.Default, new(Tag, "What operators have done."))
    {
        Examples =
        [
            Sample.Page(new AuditItem(
                7, Sample.At, "olga", "service.admit", Sample.Service, Sample.Json("""{"state":"proposed"}"""),
                Sample.Json("""{"state":"admitted"}"""), "agreed with the provider", new string('0', 63) + "1")),
        ],
    };
}
