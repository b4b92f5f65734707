using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Inactivity;

/// <summary>Somebody as the database knows them, before anything is decided.</summary>
/// <param name="LastCounted">
/// The last UTC day with a counted event in a week that was sealed; with none, the day of registration.
/// </param>
/// <param name="Available">More than nothing, but where one person was asked for.</param>
/// <param name="Sequence">Of the commit that has left so much available.</param>
/// <param name="Exclusion">The last change of theirs that is known.</param>
/// <param name="HasAppealed">And was not rejected.</param>
public sealed record InactivePerson(
    long Number, short Shard, DateOnly LastCounted, Amount Available, long Sequence, Absences Absences, Guid? Exclusion,
    bool IsSuspended, bool IsWarned, bool HasAppealed)
{
    /// <summary>What a quarter does with them by what is known of them now.</summary>
    public AssessedPerson Assess(QuarterId quarter, InactivityRules rules)
    {
        var lastActive = LastActivity.Of(LastCounted, LastCounted, Absences.Ends(quarter));
        return new(
            this, lastActive, Assessment.Of(LastActivity.Days(quarter, lastActive), Available, rules),
            new(Absences.IsExcluded, IsSuspended, Absences.IsOnLeave(quarter), IsWarned, HasAppealed));
    }
}
