using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Sources;

/// <summary>What a source may send, and whom its ids mean.</summary>
/// <param name="settings">
/// Null of a source that was made without any: it may send everything, as before there were some.
/// </param>
/// <param name="namespaces">Those of all sources.</param>
public sealed class SourceGate(SourceSettings? settings, ImmutableArray<string> namespaces)
{
    /// <summary>Why an event is rejected that its source may not send. Alone it is refused as a whole by this.</summary>
    public const string TypeRule = "must be a type that the source may send";

    public bool IsActive => settings?.IsActive ?? true;

    public bool MayRegister => settings?.MayRegister ?? true;

    /// <summary>How old an event may be that is pushed; null: any age.</summary>
    public TimeSpan? HeldAfter => settings?.HeldAfter;

    /// <summary>Before all else but the form: who may not send a type learns nothing more. Null where it may.</summary>
    public Objection? CheckType(string type) => settings is null
        || (settings.MaySend(type) && (settings.MayLevel || type != ControlEvents.QualificationChanged))
            ? null
            : new Objection("event", TypeRule);

    /// <summary>Who is meant by an id that the source has pushed; null where nobody can be.</summary>
    public string? Participant(string id, out Objection? broken)
    {
        var own = settings?.Namespace ?? "";
        broken = own.Length == 0 ? IdentityName.CheckCommon(id, namespaces)
            : ParticipantId.Check(IdentityName.Of(own, id), "distinct_id");
        return broken is null ? IdentityName.Of(own, id) : null;
    }

    /// <summary>Whether a participant may be one whom the source's ids mean; null where so.</summary>
    public Objection? CheckParticipant(string participant) => settings is { Namespace: { Length: > 0 } own }
        ? participant.StartsWith($"{own}:", StringComparison.Ordinal)
            ? null
            : new Objection("distinct_id", "must be of the source's own namespace")
        : IdentityName.CheckCommon(participant, namespaces);

    /// <summary>An event as intake takes it; null where the source may not send it, or nobody can be meant.</summary>
    public ActivityEvent? Admit(ActivityEvent sent, out Objection? broken)
    {
        broken = CheckType(sent.Type);
        return broken is null && Participant(sent.DistinctId, out broken) is { } participant
            ? sent with { DistinctId = participant }
            : null;
    }
}
