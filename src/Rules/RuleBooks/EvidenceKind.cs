using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.RuleBooks;

/// <summary>What speaks for or against a counted event whose reward is frozen. Stored: never renumber.</summary>
public enum EvidenceKind
{
    /// <summary>An event that takes a review back; without one the review stands.</summary>
    PeerReviewWithdrawn = 1,

    /// <summary>An event that says whether a project is approved; the last one counts.</summary>
    ProjectValidated = 2,

    /// <summary>An event that rates a session from 1 to 5; the last one counts.</summary>
    MentoringRated = 3,

    /// <summary>No event: the earning event names whom it has brought, and their statements speak.</summary>
    Referred = 4,
}

public static class EvidenceKinds
{
    public static ImmutableArray<EvidenceKind> All { get; } =
        [
            EvidenceKind.PeerReviewWithdrawn, EvidenceKind.ProjectValidated, EvidenceKind.MentoringRated,
            EvidenceKind.Referred,
        ];

    /// <summary>In a rule book; where evidence is an event, its type.</summary>
    public static string WireName(this EvidenceKind kind) => kind switch
    {
        EvidenceKind.PeerReviewWithdrawn => "PeerReviewWithdrawn",
        EvidenceKind.ProjectValidated => "ProjectValidated",
        EvidenceKind.MentoringRated => "MentoringRated",
        EvidenceKind.Referred => "referred",
        _ => throw new UnreachableException(),
    };

    public static EvidenceKind? OfWireName(string name)
    {
        foreach (var kind in All)
        {
            if (kind.WireName() == name)
            {
                return kind;
            }
        }

        return null;
    }
}
