namespace Stk.Client.Sources;

/// <summary>A source that is asked as soon as a silo can.</summary>
public sealed record PullAsked(string Name);
