using System.Collections.Immutable;

namespace Stk.Reports.Notices;

/// <summary>Reads a template's source, once, from its begin to its end.</summary>
internal sealed class TemplateReader(string source)
{
    private const string Open = "{{";
    private const string Close = "}}";

    private int _at;

    /// <exception cref="InvalidDataException">It is not well-formed.</exception>
    public ImmutableArray<TemplatePart> Read() => Read(section: null);

    // Up to the end of a section; null: of the source.
    private ImmutableArray<TemplatePart> Read(string? section)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        while (_at < source.Length)
        {
            var open = source.IndexOf(Open, _at, StringComparison.Ordinal);
            var words = source[_at..(open < 0 ? source.Length : open)];
            if (words.Length > 0)
            {
                parts.Add(new TemplatePart.Words(words));
            }

            if (open < 0)
            {
                _at = source.Length;
                break;
            }

            var tag = Tag(open);
            if (tag == $"/{section}")
            {
                return parts.DrainToImmutable();
            }

            parts.Add(Part(tag));
        }

        return section is null ? parts.DrainToImmutable() : throw new InvalidDataException($"does not end the section {section}");
    }

    private string Tag(int open)
    {
        var close = source.IndexOf(Close, open, StringComparison.Ordinal);
        if (close < 0)
        {
            throw new InvalidDataException("does not end a {{");
        }

        _at = close + Close.Length;
        return source[(open + Open.Length)..close];
    }

    private TemplatePart Part(string tag)
    {
        if (tag.StartsWith('#') || tag.StartsWith('^'))
        {
            var (name, word) = tag[1..].Split('=', 2) is [var asked, var wanted] ? (asked, wanted) : (tag[1..], null);
            return new TemplatePart.Section(Checked(name), word, tag[0] == '^', Read(name));
        }

        return tag.Split('|') is [var number, .. { Length: > 0 } forms]
            ? new TemplatePart.Noun(Checked(number), [.. forms])
            : new TemplatePart.Value(Checked(tag));
    }

    private static string Checked(string name) => name.Length > 0 && name.All(char.IsAsciiLetter)
        ? name
        : throw new InvalidDataException($"has no name between braces: {name}");
}
