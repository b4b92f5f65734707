namespace Stk.Rules.RuleBooks;

/// <summary>What decides about the frozen rewards of one type of events.</summary>
/// <param name="Type">The earning event's.</param>
/// <param name="WaitDays">How long after its unlock day a grant waits for evidence. Unit: days.</param>
/// <param name="Silence">
/// What becomes of an event of which nothing has been said by then; null where saying nothing says all: a review that
/// nobody has withdrawn is released.
/// </param>
/// <param name="Least">
/// The least rating, or the fewest weeks with a statement, that release; null where evidence is no number.
/// </param>
public sealed record VestingCondition(string Type, EvidenceKind Evidence, int WaitDays, Verdict? Silence, int? Least)
{
    /// <summary>As version 1 has it for the type that this evidence was made for.</summary>
    public static VestingCondition Of(string type, EvidenceKind evidence) => evidence switch
    {
        EvidenceKind.PeerReviewWithdrawn => new(type, evidence, 0, Silence: null, Least: null),
        EvidenceKind.ProjectValidated => new(type, evidence, 30, Verdict.Cancel, Least: null),
        EvidenceKind.MentoringRated => new(type, evidence, 0, Verdict.Release, Least: 3),
        EvidenceKind.Referred => new(type, evidence, 30, Verdict.Cancel, Least: 4),
        _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence, "no such evidence"),
    };
}
