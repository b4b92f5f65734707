using System.Collections.Immutable;
using System.Text;
using Stk.Rules.Sources;

namespace Stk.Sources.Signatures;

/// <summary>The secrets of one file: one, or two while it is changed. No text of it goes anywhere.</summary>
public sealed class SourceSecrets
{
    private SourceSecrets(ImmutableArray<ImmutableArray<byte>> all) => All = all;

    /// <summary>At least one; bytes of ASCII.</summary>
    internal ImmutableArray<ImmutableArray<byte>> All { get; }

    /// <summary>What is said to a system that is asked; it goes into a request and nowhere else.</summary>
    public string First => Encoding.ASCII.GetString(All[0].AsSpan());

    /// <summary>Reads a file's text: one secret a line, lines without one left out.</summary>
    /// <param name="broken">The rule that the text breaks, without anything of it; null where there are secrets.</param>
    public static SourceSecrets? Read(string text, out string? broken)
    {
        var lines = SecretText.Lines(text);
        broken = SecretText.Broken(lines);
        return broken is null ? new([.. lines.Select(line => Encoding.ASCII.GetBytes(line).ToImmutableArray())]) : null;
    }

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"{All.Length} secrets";
}
