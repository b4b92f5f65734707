using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.Rules.Money;

namespace Stk.ApiHost.Identities;

/// <summary>Whose an id is. What the topic brings beside its endpoints.</summary>
internal static class IdentityTopic
{
    public static readonly ProblemType NotLinkable = new("identity-not-linkable", 409, "Identity not linkable",
        "As things stand the identity cannot be another's, or its own again. Nothing has changed.");

    public static readonly ProblemType NotMergeable = new("participants-not-mergeable", 409, "Participants not mergeable",
        "As things stand the two cannot be made one, or two again; the detail says why. Nothing has changed.");

    public static readonly ProblemType UnknownMerge = new("unknown-merge", 404, "Unknown merge",
        "No two participants were made one under this id. Nothing has changed.");

    private static readonly MergeItem Merged = new(
        Sample.Transaction, "anon-1", "u-17", 2, Amount.Zero, null, Sample.At, "olga", "the same person", null, null, null);

    private static readonly IdentityItem Club = new("club", "42", "u-17", Sample.At, "the same person", "olga");

    public static Topic Topic => new(IdentityJson.Default, SharedTags.Operation)
    {
        Problems = [NotLinkable, NotMergeable, UnknownMerge],
        Examples =
        [
            Club,
            new IdentitiesView([new("", "u-17", "u-17", null, null, null), Club]),
            Merged,
            new MergesView([Merged]),
            new MergeBody("anon-1", "u-17", "the same person"),
            new IdentityBody("42", "the same person", "club", "u-17"),
        ],
    };
}
