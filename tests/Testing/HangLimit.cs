namespace Stk.Testing;

/// <summary>
/// How long a test waits before it calls something hung. None of these judges speed: each is ten times the longest that was
/// seen on two cores with thirty others at work. The scripts' own are in <c>deploy/local/limits.sh</c>, and are longer where
/// they are about a whole test.
/// </summary>
public static class HangLimit
{
    /// <summary>
    /// For an answer, or for a running system to come to a state: a dead silo noticed, years stepped through.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For the answer to one call, which may also have been lost with its silo: it is asked again after that.
    /// </summary>
    public static readonly TimeSpan Call = TimeSpan.FromMinutes(2);

    /// <summary>For a program to do its work and end: <c>./stk up</c> with its build, a replay, a demo.</summary>
    public static readonly TimeSpan Program = TimeSpan.FromMinutes(30);

    /// <summary>For a harness that starts, breaks and heals a cluster of its own.</summary>
    public static readonly TimeSpan Harness = TimeSpan.FromMinutes(50);

    /// <summary>A token that is cancelled once <see cref="Step"/> is over; for what takes a token and has no limit.</summary>
    public static CancellationTokenSource StepSource() => new(Step);
}
