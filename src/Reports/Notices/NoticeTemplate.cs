using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Notices;

namespace Stk.Reports.Notices;

/// <summary>
/// A template of a kind in a language, read once: what a value holds is never read as a part of it. The first line is the
/// subject, the third and the others are the text.
/// </summary>
/// <remarks>
/// <c>{{name}}</c> is a value, <c>{{name|one|few|many}}</c> the noun beside a number, <c>{{#name}}...{{/name}}</c> stands
/// where there is a value that is neither zero nor false, <c>{{^name}}...{{/name}}</c> where not,
/// <c>{{#name=word}}...{{/name}}</c> where it is that word, and <c>{{^name=word}}...{{/name}}</c> where it is not.
/// </remarks>
internal sealed class NoticeTemplate
{
    private readonly ImmutableArray<TemplatePart> _subject;
    private readonly ImmutableArray<TemplatePart> _text;

    private NoticeTemplate(ImmutableArray<TemplatePart> subject, ImmutableArray<TemplatePart> text)
    {
        _subject = subject;
        _text = text;
    }

    /// <summary>The values that it asks for.</summary>
    public ImmutableSortedSet<string> Names => [.. NamesIn(_subject.AddRange(_text))];

    /// <exception cref="InvalidDataException">It is not well-formed, or asks for what the kind does not have.</exception>
    public static NoticeTemplate Parse(NoticeKind kind, string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n', 3);
        if (lines.Length < 3 || lines[0].Length == 0 || lines[1].Length > 0)
        {
            throw new InvalidDataException("must be a subject, an empty line and a text");
        }

        var (subject, text) = (new TemplateReader(lines[0]).Read(), new TemplateReader(lines[2].Trim('\n')).Read());
        var template = new NoticeTemplate(subject, text);
        var values = kind.Values.ToDictionary(value => value.Name, StringComparer.Ordinal);
        if (template.Names.FirstOrDefault(name => !values.ContainsKey(name)) is { } unknown)
        {
            throw new InvalidDataException($"asks for {unknown}, which a notice of {kind.Name} does not have");
        }

        // What is anybody else's never stands in a header.
        return NamesIn(subject).FirstOrDefault(name => values[name].Form == NoticeValueForm.Foreign) is { } foreign
            ? throw new InvalidDataException($"has {foreign}, which others write, in its subject")
            : template;
    }

    public NoticeText Render(NoticeWords words, NoticeKind kind, JsonElement values, NoticeMarkup markup)
    {
        var subject = new TemplateWriter(words, kind, values, NoticeMarkup.Plain);
        subject.Write(_subject);
        var text = new TemplateWriter(words, kind, values, markup);
        text.Write(_text);
        return new(subject.ToString(), text.ToString());
    }

    private static IEnumerable<string> NamesIn(IEnumerable<TemplatePart> parts) => parts.SelectMany(NamesIn);

    private static IEnumerable<string> NamesIn(TemplatePart part) => part switch
    {
        TemplatePart.Value value => [value.Name],
        TemplatePart.Noun noun => [noun.Name],
        TemplatePart.Section section => [section.Name, .. NamesIn(section.Parts)],
        _ => [],
    };
}
