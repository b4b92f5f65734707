using System.Globalization;

namespace Stk.Signer.Books;

/// <summary>
/// How far the file goes, in a file of its own: by itself a file that was cut between two lines looks whole. Written after
/// the lines and before the answer, so that it is never ahead of them.
/// </summary>
/// <param name="Count">Lines.</param>
/// <param name="Checksum">Of the last of them.</param>
internal sealed record BookEnd(long Count, string Checksum)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Checksum}\n");

    /// <summary>Null where the text is no end.</summary>
    public static BookEnd? Read(string text) =>
        text.TrimEnd('\n').Split(' ') is [var count, var checksum]
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
            ? new(lines, checksum)
            : null;
}
