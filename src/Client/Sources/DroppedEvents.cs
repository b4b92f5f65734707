namespace Stk.Client.Sources;

/// <param name="Count">How many were let go.</param>
public sealed record DroppedEvents(int Count);
