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
}
