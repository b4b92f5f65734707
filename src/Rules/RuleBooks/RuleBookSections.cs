using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Objections;

namespace Stk.Rules.RuleBooks;

/// <summary>The sections of a rule book's document by name, and which of them a build knows.</summary>
public static class RuleBookSections
{
    /// <summary>What this build knows, in the order of the document.</summary>
    public static ImmutableArray<string> Known { get; } =
        [
            "version", "activities", "levels", "consistency", "emission", "spending", "bounds", "vesting", "inactivity",
            "settlement",
        ];

    /// <summary>What a build knows that does not say: the builds before this was said knew these.</summary>
    public static ImmutableArray<string> OfSilence { get; } =
        ["version", "activities", "levels", "consistency", "emission", "spending"];

    /// <summary>The sections that a document has; none where it is no object.</summary>
    public static ImmutableArray<string> Of(JsonElement document) => document.ValueKind == JsonValueKind.Object
        ? [.. document.EnumerateObject().Select(JsonText.TryGetName).OfType<string>()]
        : [];

    /// <summary>
    /// The sections that some members of a cluster know and others do not. What nobody knows is no matter of builds: it is
    /// no section.
    /// </summary>
    /// <param name="known">What each member knows, by its name.</param>
    public static ImmutableArray<SectionGap> Gaps(
        IEnumerable<string> sections, IReadOnlyDictionary<string, ImmutableArray<string>> known) =>
    [
        .. sections.Distinct(StringComparer.Ordinal)
            .Select(section => new SectionGap(
                section,
                [
                    .. known.Where(member => !member.Value.Contains(section, StringComparer.Ordinal))
                        .Select(member => member.Key).Order(StringComparer.Ordinal),
                ]))
            .Where(gap => gap.Members.Length > 0 && gap.Members.Length < known.Count),
    ];
}

/// <param name="Members">Those that do not know it, in order.</param>
public sealed record SectionGap(string Section, ImmutableArray<string> Members)
{
    public override string ToString() => $"the section {Section} is not known to {string.Join(", ", Members)}";
}
