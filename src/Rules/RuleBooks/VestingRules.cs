using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Objections;

namespace Stk.Rules.RuleBooks;

/// <summary>
/// What the rule book says of frozen rewards. A part of each version; <see cref="Default"/> where it is silent. What vests
/// and has no condition is released on its day.
/// </summary>
/// <param name="Conditions">At most one for a type.</param>
public sealed record VestingRules(ImmutableArray<VestingCondition> Conditions)
{
    public const int MaxWaitDays = 3_650;
    public const int MaxRating = 5;
    public const int MaxWeeks = 520;

    /// <summary>Version 1's.</summary>
    public static VestingRules Default { get; } = new(
        [
            VestingCondition.Of("PeerReviewCompleted", EvidenceKind.PeerReviewWithdrawn),
            VestingCondition.Of("ProjectMilestoneCompleted", EvidenceKind.ProjectValidated),
            VestingCondition.Of("MentoringSessionCompleted", EvidenceKind.MentoringRated),
            VestingCondition.Of("ReferralActivated", EvidenceKind.Referred),
        ]);

    /// <summary>Null where the type's rewards are released without one.</summary>
    public VestingCondition? Of(string type)
    {
        foreach (var condition in Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    // A record compares lists by their place in memory.
    public bool Equals(VestingRules? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    public override int GetHashCode() => Conditions.Length;

    /// <summary>Empty where the rules can be used; fields by the path of the document.</summary>
    /// <param name="activities">Of the same version.</param>
    public ImmutableArray<Objection> Check(ImmutableArray<ActivityRule> activities)
    {
        // Silence is of every version, whatever types it has.
        if (Equals(Default))
        {
            return [];
        }

        var objections = ImmutableArray.CreateBuilder<Objection>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Conditions.Length; i++)
        {
            var condition = Conditions[i];
            var path = string.Create(CultureInfo.InvariantCulture, $"vesting.conditions[{i}]");
            if (!types.Add(condition.Type))
            {
                objections.Add(new($"{path}.type", "must not stand twice"));
            }
            else if (!activities.Any(rule => rule.Type == condition.Type))
            {
                objections.Add(new($"{path}.type", "must be a type of activities"));
            }

            Check(objections, path, condition);
        }

        return objections.ToImmutable();
    }

    private static void Check(ImmutableArray<Objection>.Builder objections, string path, VestingCondition condition)
    {
        if (!Enum.IsDefined(condition.Evidence))
        {
            var names = string.Join(", ", EvidenceKinds.All.Select(kind => kind.WireName()));
            objections.Add(new($"{path}.evidence", $"must be one of {names}"));
            return;
        }

        // Where silence is an answer from the first there is nothing to wait for.
        var isAnswered = condition.Evidence == EvidenceKind.PeerReviewWithdrawn;
        if (condition.WaitDays is < 0 or > MaxWaitDays || (isAnswered && condition.WaitDays != 0))
        {
            objections.Add(new($"{path}.waitDays", isAnswered ? "must be 0 with this evidence" : $"must be 0 to {MaxWaitDays}"));
        }

        if (isAnswered ? condition.Silence is not null : condition.Silence is not (Verdict.Release or Verdict.Cancel))
        {
            objections.Add(new(
                $"{path}.silence", isAnswered ? "must be left out with this evidence" : "must be release or cancel"));
        }

        var most = condition.Evidence switch
        {
            EvidenceKind.MentoringRated => MaxRating,
            EvidenceKind.Referred => MaxWeeks,
            _ => 0,
        };
        if (most == 0 ? condition.Least is not null : condition.Least is not { } least || least < 1 || least > most)
        {
            objections.Add(new(
                $"{path}.least", most == 0 ? "must be left out with this evidence" : $"must be 1 to {most}"));
        }
    }
}
