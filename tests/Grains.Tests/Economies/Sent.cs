using Stk.Rules.Activity;

namespace Stk.Grains.Tests.Economies;

/// <summary>A well-formed event on its way to a participant.</summary>
internal sealed record Sent(string Participant, ActivityEvent Event)
{
    public static Sent Of(
        string participant, string type, DateTimeOffset at, int? days = null, Guid? retracts = null, int? level = null) =>
        new(participant, new(Guid.CreateVersion7(), type, participant, at)
        {
            Days = days,
            Retracts = retracts,
            Level = level,
        });

    /// <summary>Evidence of a type, about this event.</summary>
    public Sent Evidence(string type, DateTimeOffset at, bool? approved = null, int? rating = null) =>
        new(Participant, new(Guid.CreateVersion7(), type, Participant, at)
        {
            For = Event.Uuid,
            Approved = approved,
            Rating = rating,
        });

    /// <summary>The retraction of this event.</summary>
    public Sent Retraction(DateTimeOffset at) =>
        Of(Participant, Event.Type + "Retracted", at, retracts: Event.Uuid);
}
