using System.Text.Json;
using Stk.Reports.Notices;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>Notices in the words of their templates.</summary>
internal sealed class TemplateTexts : INoticeTexts
{
    public NoticeText Render(string kind, string language, string values, NoticeChannel channel)
    {
        using var told = JsonDocument.Parse(values);
        // A message in the forum is shown letter by letter: nothing in it needs to be kept from being markup.
        return NoticeTexts.Render(
            kind, NoticeLanguages.All.First(known => known.WireName() == language), told.RootElement,
            channel == NoticeChannel.Email ? NoticeMarkup.Mail : NoticeMarkup.Plain);
    }
}
