using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Sources;

/// <summary>Section <c>Stk:Sources</c>.</summary>
public sealed class SourceOptions
{
    public const string Section = "Stk:Sources";

    /// <summary>
    /// Where the sources' secrets are: <c>NAME.webhook</c> and <c>NAME.api</c>, readable by their owner alone, one secret a
    /// line and at most two. Null: there are none, and no source's delivery is taken.
    /// </summary>
    public string? SecretsDirectory { get; set; }

    /// <summary>
    /// Between two looks whether a source's turn to be asked has come: no source is asked more often. Unit: milliseconds.
    /// </summary>
    [Range(10, 60_000)]
    public int PullLookMs { get; set; } = 5_000;

    /// <summary>From a question to the last byte of its answer, at most. Unit: milliseconds.</summary>
    [Range(100, 60_000)]
    public int PullAnswerMs { get; set; } = 30_000;

    /// <summary>
    /// After so long without a word another silo asks a source instead. Longer than any answer may take. Unit: milliseconds.
    /// </summary>
    [Range(200, 600_000)]
    public int PullLeaseMs { get; set; } = 120_000;

    /// <summary>How many sources a silo asks at once.</summary>
    [Range(1, 100)]
    public int PullsAtOnce { get; set; } = 4;
}
