using System.Collections.Immutable;
using Stk.Rules.Activity;

namespace Stk.Rules.Vesting;

/// <summary>A counted event that may name somebody.</summary>
/// <param name="Participant">The outside id of its own participant.</param>
/// <param name="Referred">The outside id that it names, compared by code point; null where it names nobody.</param>
public readonly record struct NamedReferral(EventPlace Place, string Participant, string? Referred);

/// <summary>Who was first to name somebody: of all counted referrals, whoever sent them.</summary>
public static class ReferralClaims
{
    /// <summary>One for each, in the order of <paramref name="referrals"/>.</summary>
    /// <param name="referrals">All counted ones that name the same people, in any order.</param>
    public static ImmutableArray<ReferralClaim> Of(ImmutableArray<NamedReferral> referrals)
    {
        var first = new Dictionary<string, EventPlace>(StringComparer.Ordinal);
        foreach (var one in referrals)
        {
            // Whoever has named themselves was named, too.
            if (one.Referred is { } name && (!first.TryGetValue(name, out var place) || one.Place < place))
            {
                first[name] = one.Place;
            }
        }

        return [.. referrals.Select(one => Of(one, first))];
    }

    private static ReferralClaim Of(NamedReferral one, Dictionary<string, EventPlace> first) =>
        one.Referred is not { } name ? ReferralClaim.Nobody
        : name == one.Participant ? ReferralClaim.Oneself
        : first[name] < one.Place ? ReferralClaim.NamedBefore
        : ReferralClaim.Somebody;
}
