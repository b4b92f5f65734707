using Stk.Rules.Objections;

namespace Stk.Rules.Activity;

/// <summary>What came of reading one event. A closed set.</summary>
public abstract record EventReading
{
    private EventReading()
    {
    }

    public sealed record Wellformed(ActivityEvent Event) : EventReading;

    /// <summary>Rejected.</summary>
    /// <param name="Uuid">The event's, where at least that could be read: the answer names it.</param>
    public sealed record Malformed(Guid? Uuid, Objection Objection) : EventReading;
}
