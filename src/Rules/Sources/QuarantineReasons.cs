using System.Collections.Immutable;
using Stk.Rules.Intake;
using Stk.Rules.Objections;

namespace Stk.Rules.Sources;

/// <summary>Why an event is in quarantine, in a word: operators look for it and let in by it.</summary>
public static class QuarantineReasons
{
    /// <summary>Too old for its source when it came.</summary>
    public const string Held = "held";

    public const string TypeNotAllowed = "event-type-not-allowed";

    public const string UnknownParticipant = "unknown-participant";

    /// <summary>It breaks another rule, which its field and rule name.</summary>
    public const string Rejected = "rejected";

    public static ImmutableArray<string> All { get; } = [Held, TypeNotAllowed, UnknownParticipant, Rejected];

    /// <summary>Of an event that was rejected.</summary>
    public static string Of(Objection broken) => broken.Rule switch
    {
        SourceGate.TypeRule => TypeNotAllowed,
        OutcomeRules.RegistrationRule => UnknownParticipant,
        _ => Rejected,
    };
}
