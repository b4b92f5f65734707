using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Approvals;

/// <summary>What takes two persons. What the topic brings beside its endpoints.</summary>
internal static class ApprovalTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Approvals";

    private static ApprovalItem Example => new(
        Sample.Sent, "rules.withdraw", "waiting", "olga", Sample.At, "announced for the wrong week",
        Sample.Json("""{"version":3,"effectiveFrom":"2026-W05"}"""), Sample.At.AddDays(14), null, null, null, null);

    public static Topic Topic => new(
        ApprovalJson.Default, new(Tag, "What takes two persons: asked by one operator, approved or rejected by another."))
    {
        Examples = [Example, Sample.Page(Example)],
    };
}
