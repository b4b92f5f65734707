using System.Collections.Frozen;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Intake;

/// <summary>
/// What is known when a batch is decided, read after the week rows are locked. Sets may hold more than this batch asks
/// about, so that one set serves all batches of a commit.
/// </summary>
public sealed record IntakeView
{
    /// <summary>Uuids of the batch's events that its source has sent before.</summary>
    public required IReadOnlySet<Guid> KnownUuids { get; init; }

    /// <summary>Events before it are late.</summary>
    public required DateTimeOffset Genesis { get; init; }

    /// <summary>Of the weeks of the batch's events and of the targets of its retractions, those that are sealed.</summary>
    public required IReadOnlySet<WeekId> SealedWeeks { get; init; }

    /// <summary>The rule book of any week, from year 1 to 9999.</summary>
    public required Func<WeekId, RuleBook> RuleBookOf { get; init; }

    /// <summary>The participant's number; null where there is none yet.</summary>
    public required long? Participant { get; init; }

    /// <summary>Whether an unknown participant is taken in.</summary>
    public required bool AutoRegistration { get; init; }

    /// <summary>How old an event that earns may be when it comes; null: any age.</summary>
    public TimeSpan? HeldAfter { get; init; }

    /// <summary>Whether the account is excluded (staff, bots).</summary>
    public Timeline<bool> Exclusions { get; init; } = new(before: false, []);

    /// <summary>
    /// Stored events, of any source and participant, whose uuid a retraction or evidence of the batch names.
    /// </summary>
    public IReadOnlyCollection<RetractionTarget> Targets { get; init; } = [];

    /// <summary>Stored retractions of this source and participant that name an event of the batch.</summary>
    public IReadOnlySet<WaitingRetraction> Waiting { get; init; } = FrozenSet<WaitingRetraction>.Empty;

    /// <summary>
    /// Of the events of this source and participant that evidence of the batch speaks of, or evidence that a retraction of
    /// the batch takes back: those whose frozen reward is decided.
    /// </summary>
    public IReadOnlySet<Guid> Decided { get; init; } = FrozenSet<Guid>.Empty;

    /// <summary>Live events of this participant in the open weeks. What is missing is 0.</summary>
    public IReadOnlyDictionary<ActivityDay, int> Live { get; init; } = FrozenDictionary<ActivityDay, int>.Empty;
}
