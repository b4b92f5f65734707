using System.Collections.Immutable;

namespace Stk.Rules.Sources;

/// <summary>What a file of secrets of a source holds: one, or two while it is changed.</summary>
public static class SecretText
{
    /// <summary>Both are valid: that is a rotation.</summary>
    public const int Max = 2;

    /// <summary>Discourse takes no shorter ones. Unit: characters.</summary>
    public const int MinCharacters = 12;

    /// <summary>Unit: characters.</summary>
    public const int MaxCharacters = 500;

    /// <summary>The lines of a text that hold something.</summary>
    public static ImmutableArray<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>The rule that the lines break, without anything of them; null where they are secrets.</summary>
    public static string? Broken(ImmutableArray<string> lines) =>
        lines.Length is < 1 or > Max ? "must hold one secret a line, and at most two"
        : lines.Any(line => line.Length is < MinCharacters or > MaxCharacters) ? "must hold secrets of 12 to 500 characters"
        : lines.Any(line => line.Any(letter => letter is < '!' or > '~')) ? "must hold secrets of visible ASCII"
        : null;
}
