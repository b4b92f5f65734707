using System.Collections.Immutable;

namespace Stk.Reports.Notices;

/// <summary>A piece of a template. A closed set.</summary>
internal abstract record TemplatePart
{
    private TemplatePart() { }

    internal sealed record Words(string Text) : TemplatePart;

    internal sealed record Value(string Name) : TemplatePart;

    /// <summary>The form that a noun takes beside a number.</summary>
    /// <param name="Forms">As many as the language has: two in English, three in Russian.</param>
    internal sealed record Noun(string Name, ImmutableArray<string> Forms) : TemplatePart;

    /// <param name="Word">Which the value must be; null: anything but nothing.</param>
    /// <param name="IsInverted">True where it stands if the value is nothing.</param>
    internal sealed record Section(string Name, string? Word, bool IsInverted, ImmutableArray<TemplatePart> Parts)
        : TemplatePart;
}
