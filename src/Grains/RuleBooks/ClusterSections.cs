using System.Collections.Immutable;
using Stk.Rules.RuleBooks;

namespace Stk.Grains.RuleBooks;

/// <summary>Which sections of a rule book the members of the cluster know, each by what it has said itself.</summary>
internal sealed class ClusterSections(BuildTable builds, IClusterMembershipService membership)
{
    /// <summary>The sections that some active members know and others do not, of those named.</summary>
    public async Task<ImmutableArray<SectionGap>> Gaps(IEnumerable<string> sections, CancellationToken cancellation)
    {
        var asked = sections.Except(RuleBookSections.OfSilence, StringComparer.Ordinal).ToList();
        if (asked.Count == 0)
        {
            return [];
        }

        // As stored, not as last heard: another silo may have become a member a moment ago.
        await membership.Refresh(default, cancellation);
        var said = await builds.Read(cancellation);
        return RuleBookSections.Gaps(asked, Active().ToDictionary(
            silo => silo.Endpoint.ToString(),
            silo => said.TryGetValue((silo.Endpoint.ToString(), silo.Generation), out var known)
                ? known
                : RuleBookSections.OfSilence,
            StringComparer.Ordinal));
    }

    private IEnumerable<SiloAddress> Active() => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress)
        // A silo that came again before its predecessor was declared dead stands twice for a moment: the later one counts.
        .GroupBy(silo => silo.Endpoint)
        .Select(silos => silos.MaxBy(silo => silo.Generation)!); // a group has a member
}
