namespace Stk.Rules.Sources;

/// <summary>One whole read of a window, to its last page.</summary>
/// <param name="From">The window's first instant.</param>
/// <param name="To">The window's end, which is not in it.</param>
/// <param name="Clock">The economy's time when the read began: a window's end is judged by it.</param>
/// <param name="Began">Real time: the pause between two reads is judged by it.</param>
/// <param name="Ended">Real time.</param>
public sealed record WindowRead(
    DateTimeOffset From, DateTimeOffset To, DateTimeOffset Clock, DateTimeOffset Began, DateTimeOffset Ended,
    SetDigest Found);
