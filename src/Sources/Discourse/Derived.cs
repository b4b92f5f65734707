namespace Stk.Sources.Discourse;

/// <summary>What is known of one thing that an object gives: the last event of it, and whether that stands.</summary>
/// <param name="IsAlive">Whether the event stands; else it has been taken back.</param>
/// <param name="Generation">Of the event; at least 1.</param>
/// <param name="Type">Of the event.</param>
/// <param name="Person">Whose the event is.</param>
/// <param name="At">The event's time, and its retraction's.</param>
/// <param name="Peer">The other person; null where there is none, or none is known.</param>
public sealed record Derived(bool IsAlive, int Generation, string Type, long Person, DateTimeOffset At, long? Peer);
