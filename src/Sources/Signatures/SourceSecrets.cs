using System.Collections.Immutable;
using System.Text;

namespace Stk.Sources.Signatures;

/// <summary>The secrets of one file: one, or two while it is changed. No text of it goes anywhere.</summary>
public sealed class SourceSecrets
{
    /// <summary>Both are valid: that is a rotation.</summary>
    public const int Max = 2;

    /// <summary>Discourse takes no shorter ones. Unit: characters.</summary>
    public const int MinCharacters = 12;

    /// <summary>Unit: characters.</summary>
    public const int MaxCharacters = 500;

    private SourceSecrets(ImmutableArray<ImmutableArray<byte>> all) => All = all;

    /// <summary>At least one; bytes of ASCII.</summary>
    internal ImmutableArray<ImmutableArray<byte>> All { get; }

    /// <summary>Reads a file's text: one secret a line, lines without one left out.</summary>
    /// <param name="broken">The rule that the text breaks, without anything of it; null where there are secrets.</param>
    public static SourceSecrets? Read(string text, out string? broken)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        broken = lines.Count is < 1 or > Max ? "must hold one secret a line, and at most two"
            : lines.Any(line => line.Length is < MinCharacters or > MaxCharacters) ? "must hold secrets of 12 to 500 characters"
            : lines.Any(line => line.Any(letter => letter is < '!' or > '~')) ? "must hold secrets of visible ASCII"
            : null;
        return broken is null ? new([.. lines.Select(line => Encoding.ASCII.GetBytes(line).ToImmutableArray())]) : null;
    }

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"{All.Length} secrets";
}
