using Stk.Rules.Sources;

namespace Stk.Grains.Pulls;

/// <summary>The right of one silo to ask one source, until another has taken it.</summary>
/// <param name="SourceId">The source's number.</param>
/// <param name="Epoch">Whoever has a later one has overtaken this.</param>
/// <param name="CompleteTo">As stored; null where nothing is known.</param>
/// <param name="Failures">In a row, before this pull.</param>
/// <param name="LastError">Of the pull before; null where it went well.</param>
internal sealed record PullLease(
    int SourceId, string Name, long Epoch, SourceSettings Settings, DateTimeOffset? CompleteTo, WindowRead? Waiting,
    int Failures, string? LastError);

/// <summary>Another silo has taken the lease, or somebody has set what it stands on: nothing more is written.</summary>
internal sealed class PullOvertakenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The source cannot be read: the pull stops, and nothing moves.</summary>
/// <param name="reason">A word, for operators.</param>
internal sealed class PullStoppedException(string reason, TimeSpan? asked = null) : Exception(reason)
{
    public string Reason { get; } = reason;

    /// <summary>How long the source asks to be left alone; null where it does not.</summary>
    public TimeSpan? Asked { get; } = asked;
}
