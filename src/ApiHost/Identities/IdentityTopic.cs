using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Identities;

/// <summary>Whose an id is. What the topic brings beside its endpoints.</summary>
internal static class IdentityTopic
{
    public static readonly ProblemType NotLinkable = new("identity-not-linkable", 409, "Identity not linkable",
        "As things stand the identity cannot be another's, or its own again. Nothing has changed.");

    private static readonly IdentityItem Club = new("club", "42", "u-17", Sample.At, "the same person", "olga");

    public static Topic Topic => new(IdentityJson.Default, SharedTags.Operation)
    {
        Problems = [NotLinkable],
        Examples =
        [
            Club,
            new IdentitiesView([new("", "u-17", "u-17", null, null, null), Club]),
            new IdentityBody("42", "the same person", "club", "u-17"),
        ],
    };
}
