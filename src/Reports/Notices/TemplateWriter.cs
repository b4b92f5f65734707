using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Stk.Rules.Notices;

namespace Stk.Reports.Notices;

/// <summary>Writes a template's parts with a notice's values.</summary>
internal sealed class TemplateWriter(NoticeWords words, NoticeKind kind, JsonElement values, NoticeMarkup markup)
{
    private readonly StringBuilder _written = new();

    public void Write(IEnumerable<TemplatePart> parts)
    {
        foreach (var part in parts)
        {
            Write(part);
        }
    }

    public override string ToString()
    {
        // Where a section left nothing between two empty lines; what a value holds has no line of its own.
        var paragraphs = _written.ToString().Split("\n\n").Select(paragraph => paragraph.Trim('\n'))
            .Where(paragraph => paragraph.Length > 0);
        return markup == NoticeMarkup.Html
            ? string.Concat(paragraphs.Select(paragraph => $"<p>{paragraph}</p>\n"))
            : string.Join("\n\n", paragraphs);
    }

    private void Write(TemplatePart part)
    {
        switch (part)
        {
            case TemplatePart.Words(var text):
                _written.Append(Own(text));
                break;
            case TemplatePart.Value(var name):
                _written.Append(Shown(name));
                break;
            case TemplatePart.Noun(var name, var forms):
                _written.Append(Own(words.Noun(Of(name), forms)));
                break;
            case TemplatePart.Section section when Stands(section):
                Write(section.Parts);
                break;
            case TemplatePart.Section:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private string Shown(string name)
    {
        var (value, form) = (Of(name), FormOf(name));
        var shown = words.Shown(value, form);
        var isForeign = form is NoticeValueForm.Foreign or NoticeValueForm.Name
            || (form == NoticeValueForm.ActivityType && !words.IsNamed(value));
        return isForeign ? ForeignText.In(markup, shown) : Own(shown);
    }

    private string Own(string text) => markup == NoticeMarkup.Html ? WebUtility.HtmlEncode(text) : text;

    private bool Stands(TemplatePart.Section section)
    {
        var value = Of(section.Name);
        return section.Word is { } word
            ? (value?.ValueKind == JsonValueKind.String && value.Value.GetString() == word) != section.IsInverted
            : NoticeWords.IsSomething(value, FormOf(section.Name)) != section.IsInverted;
    }

    // Null where the notice has none: one that an earlier build wrote, or a value that may be missing.
    private JsonElement? Of(string name) => values.ValueKind == JsonValueKind.Object
        && values.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value
        : null;

    private NoticeValueForm FormOf(string name) => kind.Values.First(value => value.Name == name).Form;
}
