using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Revocations;

/// <summary>Tokens that end before their time. What the topic brings beside its endpoints.</summary>
internal static class RevocationTopic
{
    public static Topic Topic => new(RevocationJson.Default, SharedTags.Operation)
    {
        Examples =
        [
            new RevocationView(null, "club", Sample.At, "the club's server was broken into", "olga", Sample.At),
            new RevocationBody("the club's server was broken into", Subject: "club"),
        ],
    };
}
