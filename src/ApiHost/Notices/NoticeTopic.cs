using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Notices;

/// <summary>What people are told of. What the topic brings beside its endpoints.</summary>
internal static class NoticeTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Notices";

    public static Topic Topic => new(NoticeJson.Default, new(Tag, "What a participant was told of."))
    {
        Examples =
        [
            Sample.Page(new NoticeItem(
                Sample.Transaction, "vesting.released", Sample.At,
                Sample.Json("""
                    {"week":"2025-W51","type":"PeerReviewCompleted","vestsDays":30,
                    "amount":"10","released":"6.666667","cancelled":"3.333333"}
                    """),
                Read: false)),
        ],
    };
}
