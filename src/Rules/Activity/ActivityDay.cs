namespace Stk.Rules.Activity;

/// <summary>What a day limit counts for one participant.</summary>
/// <param name="Day">UTC day of the event's own timestamp.</param>
public readonly record struct ActivityDay(DateOnly Day, string Type);
