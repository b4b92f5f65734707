namespace Stk.Rules.Pulls;

/// <summary>A stretch of events' own time that a source is asked for, to its last page.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">Its end, which is not in it.</param>
/// <param name="Counts">Whether what is found moves the watermark; else it is only taken in.</param>
public readonly record struct PullWindow(DateTimeOffset From, DateTimeOffset To, bool Counts);
