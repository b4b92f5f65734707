using System.Collections.Immutable;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Sources;

/// <summary>What a source is and may do. Made by <see cref="SourceSettingsRules.Check"/> alone.</summary>
/// <param name="Address">Without a slash at its end; null where the source is never asked.</param>
/// <param name="Namespace">Whose ids these are; empty: the common one.</param>
/// <param name="Types">What it may send; null: everything.</param>
/// <param name="Map">PostHog's name of an event to our type; a name that is missing is the type itself.</param>
public sealed record SourceSettings(
    SourceKind Kind, string? Address, long? Project, string Namespace, ImmutableHashSet<string>? Types, SourceDuties Duties,
    PullSettings? Pull, ImmutableDictionary<string, string> Map, ImmutableHashSet<long> LeaveOutCategories)
{
    /// <summary>Whether its word on levels counts.</summary>
    public bool MayLevel { get; init; }

    /// <summary>Whether an unknown id becomes a participant.</summary>
    public bool MayRegister { get; init; }

    /// <summary>How old a pushed event may be; null: any age.</summary>
    public TimeSpan? HeldAfter { get; init; }

    /// <summary>Unit: points a UTC day, before coefficients; null: no budget.</summary>
    public long? BudgetPerDay { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>
    /// Whether it may send a type. Who may send one may take it back; evidence and levels are listed like any other.
    /// </summary>
    public bool MaySend(string type) => Types is not { } types || types.Contains(type)
        || (type.EndsWith(ControlEvents.RetractedSuffix, StringComparison.Ordinal)
            && types.Contains(type[..^ControlEvents.RetractedSuffix.Length]));
}
