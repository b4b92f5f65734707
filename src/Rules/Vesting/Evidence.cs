using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Vesting;

/// <summary>One stored event that speaks of a counted event, of its source, participant and type; not late.</summary>
/// <param name="Approved">Of <see cref="EvidenceKind.ProjectValidated"/>.</param>
/// <param name="Rating">Of <see cref="EvidenceKind.MentoringRated"/>: 1 to 5.</param>
/// <param name="IsRetracted">A stored event that is not late takes it back.</param>
public readonly record struct Evidence(
    EventPlace Place, EvidenceKind Kind, bool? Approved = null, int? Rating = null, bool IsRetracted = false)
{
    /// <summary>What the evidence about one event comes to; null where nothing is said yet.</summary>
    /// <param name="all">In any order; what is of another kind or taken back changes nothing.</param>
    /// <exception cref="InvalidDataException">It lacks its value: what is stored was altered.</exception>
    public static EventVerdict? Judge(IEnumerable<Evidence> all, VestingCondition condition)
    {
        var standing = all.Where(one => one.Kind == condition.Evidence && !one.IsRetracted)
            .OrderBy(one => one.Place).ToList();
        if (standing is not [.., var last])
        {
            return condition.Evidence == EvidenceKind.PeerReviewWithdrawn
                ? new(Verdict.Release, VerdictCause.NoEvidence)
                : null;
        }

        var releases = condition.Evidence switch
        {
            EvidenceKind.PeerReviewWithdrawn => false,
            EvidenceKind.ProjectValidated => last.Approved ?? throw Altered(last, "approved"),
            EvidenceKind.MentoringRated => (last.Rating ?? throw Altered(last, "rating")) >= condition.Least,
            _ => throw new InvalidOperationException($"no event is evidence of {condition.Evidence}"),
        };
        return new(
            releases ? Verdict.Release : Verdict.Cancel, VerdictCause.Evidence, last.Place.Uuid);
    }

    private static InvalidDataException Altered(Evidence evidence, string member) =>
        new($"evidence {evidence.Place.Uuid} of {evidence.Place.Source} says nothing of {member}");
}
