namespace Stk.Rules.Pulls;

/// <summary>A stretch of events' own time that a source is asked for, to its last page.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">Its end, which is not in it.</param>
/// <param name="Counts">Whether it is read as a whole, to know its set; else it is only looked what is new.</param>
/// <param name="IsBack">Whether it is of the past, and gives way to whatever else there is to do.</param>
public readonly record struct PullWindow(DateTimeOffset From, DateTimeOffset To, bool Counts, bool IsBack = false);
